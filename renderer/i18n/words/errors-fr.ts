import type { en } from './errors-en.ts';

/** Words for every code of the contract, in French. */
export const fr: typeof en = {
  serverSaid: 'Le serveur a répondu :',
  unreachable: {
    title: 'Le serveur est injoignable',
    cause: 'Aucune connexion à {{host}} n’a abouti : il est peut-être arrêté, ou un réseau ou un pare-feu s’interpose.',
    next: 'Vérifiez le réseau et l’adresse, puis réessayez. Ce qui a déjà été lu reste visible.',
  },
  dns: {
    title: 'Aucun serveur ne porte ce nom',
    cause: 'Le nom {{host}} est introuvable : il est mal écrit, ou cet ordinateur n’utilise pas le DNS qui le connaît.',
    next: 'Vérifiez l’adresse. Hors du site, connectez d’abord le VPN.',
  },
  refused: {
    title: 'Le serveur refuse la connexion',
    cause:
      'La machine {{host}} répond, mais rien n’écoute sur le port {{port}} : le service web est arrêté, ou le port est un autre.',
    next: 'Vérifiez le port dans l’adresse, et que le serveur web tourne sur le serveur WAPT.',
  },
  timeout: {
    title: 'Le serveur n’a pas répondu à temps',
    cause: '{{host}} est surchargé ou très éloigné, ou un pare-feu coupe la connexion sans rien dire.',
    next: 'Réessayez. Si cela dure, regardez la charge du serveur.',
  },
  'tls-untrusted': {
    title: 'Le certificat du serveur n’est pas reconnu',
    cause:
      'Il est signé par une autorité que ni cet ordinateur ni le profil ne connaissent. C’est courant avec une autorité privée, et c’est aussi à cela que ressemblerait un attaquant.',
    next: 'Comparez l’empreinte avec celle du serveur et épinglez-la, ou choisissez le fichier de votre autorité.',
  },
  'tls-expired': {
    title: 'Le certificat du serveur a expiré',
    cause: 'Il était valable jusqu’au {{notAfter}}.',
    next: 'Renouvelez le certificat sur le serveur. S’il devrait encore être valable, vérifiez l’horloge de cet ordinateur.',
  },
  'tls-not-yet-valid': {
    title: 'Le certificat du serveur n’est pas encore valable',
    cause: 'Sa validité commence dans le futur : l’horloge de cet ordinateur ou du serveur est fausse.',
    next: 'Réglez l’horloge, puis réessayez.',
  },
  'tls-wrong-name': {
    title: 'Le certificat appartient à un autre nom',
    cause: 'Il ne nomme pas {{host}}, par lequel vous joignez le serveur.',
    next: 'Utilisez le nom inscrit dans le certificat, ou faites-en établir un qui nomme {{host}}.',
  },
  'tls-changed': {
    title: 'Le certificat du serveur a changé',
    cause:
      'Ce n’est pas celui que vous avez épinglé. Il a été renouvelé, ou quelqu’un s’interpose. Rien n’a été envoyé.',
    next: 'Demandez à qui gère le serveur. N’épinglez le nouveau certificat qu’après avoir comparé son empreinte sur le serveur même.',
  },
  'tls-failed': {
    title: 'Aucune connexion sûre n’a abouti',
    cause:
      '{{host}} répond, mais pas avec un TLS que la console accepte : c’est peut-être un port HTTP simple, ou un serveur très ancien.',
    next: 'Vérifiez le port. Le serveur doit offrir TLS 1.2 ou plus récent.',
  },
  proxy: {
    title: 'Le proxy n’a pas laissé passer la connexion',
    cause: 'Le proxy est injoignable, demande un compte, ou interdit {{host}}.',
    next: 'Vérifiez le proxy du profil ; un serveur du réseau interne s’en passe d’ordinaire.',
  },
  cancelled: {
    title: 'Annulé',
    cause: 'L’opération a été arrêtée avant sa fin.',
    next: 'Relancez-la quand vous voulez.',
  },
  'password-refused': {
    title: 'Le serveur refuse cet utilisateur ou ce mot de passe',
    cause: 'Le nom ou le mot de passe est faux, ou le compte est bloqué.',
    next: 'Retapez le mot de passe. Vérifiez la disposition du clavier et le verrouillage des majuscules.',
  },
  'client-certificate-needed': {
    title: 'Le serveur demande un certificat client',
    cause: 'Son serveur web ne laisse entrer que les machines qui présentent un certificat.',
    next: 'Choisissez un certificat client et sa clé dans le profil.',
  },
  'signed-out': {
    title: 'La session est terminée',
    cause: 'Le serveur ne la connaît plus : trop de temps a passé, ou il a redémarré.',
    next: 'Reconnectez-vous ; vous reprenez où vous étiez.',
  },
  forbidden: {
    title: 'Votre compte n’a pas le droit de faire cela',
    cause: 'Le serveur demande le droit « {{right}} ».',
    next: 'Demandez-le à un administrateur du serveur WAPT, ou connectez-vous avec un autre compte.',
  },
  'not-wapt': {
    title: 'Ce n’est pas un serveur WAPT',
    cause:
      '{{host}} répond, mais pas comme un serveur WAPT : un autre site web, un portail du réseau, ou un mauvais chemin.',
    next: 'Vérifiez l’adresse. Une page de connexion du réseau s’interpose-t-elle ?',
  },
  'too-old': {
    title: 'Ce serveur est trop ancien',
    cause: 'C’est un WAPT {{version}} ; la console parle à la 1.7 et aux suivantes.',
    next: 'Mettez le serveur WAPT à jour.',
  },
  absent: {
    title: 'Ce serveur n’a pas cette fonction',
    cause: 'Il répond que {{route}} n’existe pas : une autre édition ou version de WAPT.',
    next: 'La liste, les règles et les ordres aux machines fonctionnent sans elle.',
  },
  malformed: {
    title: 'La réponse du serveur est illisible',
    cause:
      '{{route}} a répondu quelque chose qui n’est pas conforme au protocole : un proxy intermédiaire, ou une version encore inconnue.',
    next: 'Réessayez. Si cela dure, regardez le journal technique de la console.',
  },
  'too-large': {
    title: 'La réponse est trop grande',
    cause: 'Elle fait {{size}} ; {{limit}} sont acceptés.',
    next: 'Lisez moins de machines à la fois, ou demandez à qui gère le serveur pourquoi elle a tant grossi.',
  },
  'cut-off': {
    title: 'La connexion s’est coupée en cours de route',
    cause: 'Il est arrivé moins que ce qui était annoncé : le réseau, un proxy ou le serveur a abandonné.',
    next: 'Réessayez. Rien d’incomplet n’a été gardé.',
  },
  'server-said': {
    title: 'Le serveur a refusé',
    cause: 'Il a répondu par un message qui lui est propre.',
    next: 'Ce qu’il dit indique ce qu’il faut changer.',
  },
  'server-broken': {
    title: 'Le serveur est en panne',
    cause: '{{route}} s’est terminé par l’erreur {{status}}.',
    next: 'Regardez le journal du serveur WAPT, puis réessayez.',
  },
  'agent-restarted': {
    title: 'L’agent a redémarré',
    cause:
      'L’agent de la machine a recommencé au milieu de l’ordre, après un redémarrage de la machine ou de son service. Personne ne sait jusqu’où il est allé.',
    next: 'Regardez ce que la machine signale ; redonnez l’ordre s’il reste quelque chose à faire.',
  },
  'bad-request': {
    title: 'La console a demandé l’impossible',
    cause: 'Une valeur sortait de ce qui est permis : un défaut de la console.',
    next: 'Vérifiez votre saisie ; sinon, signalez-le.',
  },
  'foreign-sender': {
    title: 'Cette page n’est pas reliée à la console',
    cause: 'La console a redémarré, ou son adresse a servi dans une autre page.',
    next: 'Ouvrez l’adresse que la console a affichée à son démarrage.',
  },
  internal: {
    title: 'La console a un défaut',
    cause:
      'Quelque chose a échoué qui ne devrait pas pouvoir échouer. Rien n’a été fait sur le serveur qui ne soit affiché.',
    next: 'Réessayez. Si cela dure, signalez-le avec le journal technique de la console.',
  },
  unavailable: {
    title: 'Impossible ici',
    cause: 'Cet ordinateur, ou cette façon de lancer la console, ne l’offre pas.',
    next: 'Passez par un autre chemin : les listes et les fichiers que la console propose.',
  },
  'not-found': {
    title: 'Cela n’existe plus',
    cause: 'Ce que vous demandez a été supprimé ou renommé entre-temps.',
    next: 'Actualisez la liste.',
  },
  'address-invalid': {
    title: 'Ce n’est pas l’adresse d’un serveur',
    cause: 'La console a besoin d’un nom, et ne parle que https.',
    next: 'Écrivez-la comme srvwapt.example ou https://srvwapt.example:8443.',
  },
  'read-only': {
    title: 'Une autre console a ouvert ce profil',
    cause: 'Une seule console écrit dans les données d’un profil ; celle-ci peut seulement regarder.',
    next: 'Fermez l’autre console, puis rouvrez le profil.',
  },
  disk: {
    title: 'Le disque refuse',
    cause: 'Un fichier de la console ne peut être lu ou écrit : le disque est plein, ou les droits manquent.',
    next: 'Faites de la place ou vérifiez les droits du dossier de la console, puis réessayez.',
  },
  'no-desk': {
    title: 'Ce serveur a été fermé',
    cause: 'Il a été fermé ici ou dans un autre onglet, et rien n’a été fait.',
    next: 'Ouvrez le serveur de nouveau.',
  },
  'desks-full': {
    title: 'Pas davantage de serveurs à la fois',
    cause: '{{limit}} serveurs sont ouverts côte à côte, et chacun a sa base et sa connexion.',
    next: 'Fermez d’abord l’un d’eux.',
  },
  'open-elsewhere': {
    title: 'Ce serveur est déjà ouvert',
    cause: 'Il se trouve à côté de celui-ci dans la liste des serveurs ouverts.',
    next: 'Passez à lui dans cette liste.',
  },
  'no-profile': {
    title: 'Aucun serveur n’est ouvert',
    cause: 'Aucun profil n’a encore été choisi.',
    next: 'Connectez-vous d’abord à un serveur.',
  },
  'signer-needed': {
    title: 'Il faut un signataire',
    cause:
      'Les paquets et les ordres aux machines sont signés, et aucune clé n’est ouverte : elle a été verrouillée, ou son temps est écoulé.',
    next: 'Ouvrez votre signataire, puis recommencez.',
  },
  'signer-expired': {
    title: 'Le certificat du signataire a expiré',
    cause: 'Il était valable jusqu’au {{notAfter}}. Les machines refusent ce qu’il signe.',
    next: 'Utilisez un certificat renouvelé.',
  },
  'signer-not-yet-valid': {
    title: 'Le certificat du signataire n’est pas encore valable',
    cause: 'Sa validité commence dans le futur.',
    next: 'Vérifiez l’horloge de cet ordinateur, ou utilisez un autre certificat.',
  },
  'wrong-passphrase': {
    title: 'Mauvaise phrase secrète',
    cause: 'La clé ne s’ouvre pas avec elle.',
    next: 'Retapez-la. Vérifiez le verrouillage des majuscules.',
  },
  'passphrase-needed': {
    title: 'La clé demande une phrase secrète',
    cause: 'Le fichier est chiffré.',
    next: 'Tapez la phrase secrète de la clé.',
  },
  'key-mismatch': {
    title: 'La clé n’est pas celle du certificat',
    cause: 'Les deux fichiers n’ont pas été créés ensemble.',
    next: 'Choisissez la clé créée avec ce certificat.',
  },
  'key-missing': {
    title: 'Il n’y a pas de clé à côté du certificat',
    cause: 'Un certificat seul ne peut pas signer.',
    next: 'Placez le .pem de la clé dans le même dossier, ou choisissez la clé vous-même.',
  },
  'key-unsupported': {
    title: 'Le chiffrement de la clé n’est pas pris en charge',
    cause: 'Son fichier utilise un chiffrement ancien ou inhabituel.',
    next: 'Enregistrez-la à nouveau : openssl pkcs8 -topk8 -v2 aes-256-cbc -in ancienne.pem -out nouvelle.pem',
  },
  'key-not-rsa': {
    title: 'Ce n’est pas une clé RSA',
    cause: 'WAPT ne signe qu’avec RSA.',
    next: 'Utilisez le certificat RSA que vos machines reconnaissent.',
  },
  'bad-pem': {
    title: 'Le fichier est illisible',
    cause: 'Il ne contient ni certificat ni clé au format PEM.',
    next: 'Choisissez un fichier .crt ou .pem, au format texte.',
  },
  'certificate-missing': {
    title: 'Il y a une clé mais pas de certificat',
    cause: 'Le fichier ne contient aucun certificat.',
    next: 'Choisissez le .crt qui va avec la clé.',
  },
  'cve-file': {
    title: 'Le fichier de CVE n’est pas importé',
    cause: '« {{name}} » n’a aucune forme connue ici.',
    next: 'Importez l’export du Security Update Guide de Microsoft, un document CVRF, ou un tableau avec les colonnes cve et kb.',
  },
  'lab-only': {
    title: 'Ceci appartient à la démonstration',
    cause:
      'L’autorité et le signataire du laboratoire intégré sont connus de tous ceux qui ont la console. Ils ne valent nulle part ailleurs.',
    next: 'Utilisez un certificat qui est à vous.',
  },
  'name-invalid': {
    title: 'Ce nom ne convient pas',
    cause:
      'Un nom de paquet se compose de minuscules, de chiffres et de tirets, et commence par une lettre ou un chiffre.',
    next: 'Écrivez-le comme prefixe-serveurs-mensuel.',
  },
  'version-invalid': {
    title: 'Cette version ne convient pas',
    cause: 'Une version se compose de nombres et de points, avec un numéro d’empaquetage : 12-0.',
    next: 'Laissez la console la compter.',
  },
  'rules-invalid': {
    title: 'Les règles ne peuvent pas être écrites',
    cause: 'Une liste contient autre chose qu’une mise à jour, un KB ou une catégorie.',
    next: 'Retirez l’entrée marquée, ou choisissez-la dans la liste des mises à jour.',
  },
  'version-moved': {
    title: 'Quelqu’un a publié entre-temps',
    cause: 'Le dépôt a déjà la version {{newest}} de ce paquet. Rien n’a été envoyé.',
    next: 'Regardez ce qui a changé, puis publiez par-dessus ou repartez de la nouvelle version.',
  },
  'draft-moved': {
    title: 'Le brouillon a été modifié ailleurs',
    cause: 'Une autre fenêtre l’a écrit après que vous l’avez ouvert.',
    next: 'Rouvrez le brouillon.',
  },
  'package-refused': {
    title: 'Le paquet ne passe pas sa propre vérification',
    cause: 'Ce qui a été construit, ou le paquet d’origine, n’est pas ce que les machines accepteraient : {{reason}}.',
    next: 'Vérifiez qui l’a signé, et le certificat de votre signataire. Rien n’a été envoyé.',
  },
  'upload-refused': {
    title: 'Le serveur n’a pas pris le paquet',
    cause: 'Il a refusé l’envoi.',
    next: 'Ce qu’il dit indique pourquoi : un droit qui manque, ou un signataire qu’il ne reconnaît pas.',
  },
  'not-in-index': {
    title: 'Le paquet est parti mais n’est pas dans l’index',
    cause:
      'Le serveur a pris l’envoi et ne le liste pas. Un autre l’a peut-être remplacé, ou l’index n’est pas refait.',
    next: 'Actualisez la liste des paquets. Votre brouillon est gardé.',
  },
  'delete-refused': {
    title: 'Le serveur ne l’a pas supprimé',
    cause: 'Il a refusé, ou il réserve la suppression à des comptes qui ont plus de droits.',
    next: 'Ce qu’il dit indique pourquoi.',
  },
  'regex-invalid': {
    title: 'Ce n’est pas une expression régulière',
    cause: 'Le moteur dit : {{reason}}',
    next: 'Corrigez-la, ou demandez le titre avec * et ?.',
  },
  'regex-too-slow': {
    title: 'L’expression régulière prend trop de temps',
    cause:
      'Elle a été arrêtée après 200 ms. Une expression qui répète une répétition, comme (a+)+, peut ne jamais finir d’elle-même.',
    next: 'Simplifiez-la, ou demandez le titre avec * et ?.',
  },
  'ring-held': {
    title: '{{name}} ne passe plus',
    cause: 'Des machines ont rapporté du nouveau, ou un paquet a changé, depuis votre regard. Rien n’a été publié.',
    next: 'Regardez à nouveau les anneaux et promouvez ce qui passe maintenant.',
  },
  'outside-grant': {
    title: 'Le signataire n’a pas été prêté pour cela',
    cause: 'Il a été prêté à une campagne pour ses propres ordres et machines. Rien d’autre n’a été signé.',
    next: 'Ouvrez le signataire pour signer autre chose.',
  },
  'campaign-state': {
    title: 'La campagne a changé d’état',
    cause: 'Cela n’est pas possible avec une campagne dans son état actuel.',
    next: 'Regardez à nouveau la campagne.',
  },
  'clock-off': {
    title: 'Les horloges sont trop éloignées',
    cause:
      'Cet ordinateur et le serveur diffèrent de {{difference}}. Les machines ignorent sans rien dire les ordres décalés de plusieurs heures.',
    next: 'Réglez l’horloge de cet ordinateur.',
  },
  'nothing-selected': {
    title: 'Rien n’est sélectionné',
    cause: 'Rien de ce que vous avez choisi ne peut participer.',
    next: 'Sélectionnez au moins une ligne.',
  },
};
