import type { en } from './en.ts';

/** Words of the server's downloads, in French. */
export const fr: typeof en = {
  title: 'Téléchargements',
  grid: 'Tâches de téléchargement du serveur',
  refresh: 'Actualiser',
  forget: 'Supprimer les enregistrements',
  search: 'Rechercher dans les tâches',
  state: { running: 'En cours', waiting: 'En attente', finished: 'Terminé', skipped: 'Inchangé', failed: 'En échec' },
  column: {
    progress: 'Avancement',
    state: 'État',
    id: 'id',
    taskId: 'ID de tâche',
    kind: 'Genre',
    status: 'Statut',
    message: 'Message',
    url: 'URL de téléchargement',
    startedOn: 'Démarré le',
    finishedOn: 'Terminé le',
    localFilename: 'Fichier local',
    fileSize: 'Taille du fichier',
    targetSize: 'Taille cible',
    fileDate: 'Date du fichier',
    error: 'Message d’erreur',
    skipped: 'Ignoré',
    forced: 'Forcé',
    file: 'Fichier',
  },
  summary: {
    running_one: '{{count}} en cours',
    running_other: '{{count}} en cours',
    failed_one: '{{count}} en échec',
    failed_other: '{{count}} en échec',
    none: 'Rien n’est en téléchargement',
    speed: '{{done}} sur {{total}}',
  },
  detail: {
    title: 'Pourquoi cela a échoué',
    close: 'Fermer',
    raw: 'Ce que le serveur a noté',
    cause: 'Cause probable',
    next: 'Que faire',
  },
  cause: {
    proxy: {
      cause: 'Le serveur atteint Internet par un proxy injoignable, qui le refuse, ou qui n’est pas réglé.',
      next: 'Réglez http_proxy dans la configuration du serveur WAPT (waptserver.ini), redémarrez son service de tâches, puis téléchargez à nouveau.',
    },
    dns: {
      cause: 'Le serveur ne peut pas résoudre le nom de Microsoft.',
      next: 'Vérifiez le DNS du serveur WAPT, ou réglez son proxy si lui seul résout les noms extérieurs.',
    },
    timeout: {
      cause:
        'Le serveur de Microsoft n’a pas répondu à temps : un pare-feu coupe la connexion, ou la ligne est saturée.',
      next: 'Autorisez le serveur WAPT à joindre download.windowsupdate.com, puis téléchargez à nouveau.',
    },
    'not-found': {
      cause: 'Microsoft n’offre plus ce fichier : la mise à jour a été retirée ou remplacée.',
      next: 'Cherchez la mise à jour qui la remplace. Les machines la signalent après leur prochaine recherche.',
    },
    hash: {
      cause: 'Ce qui est arrivé n’est pas ce que Microsoft a signé : un proxy ou un filtre l’a modifié ou coupé.',
      next: 'Exemptez le serveur WAPT du filtrage de contenu, supprimez l’enregistrement, puis téléchargez à nouveau.',
    },
    disk: {
      cause: 'Le disque du serveur est plein, ou son dossier waptwua n’est pas accessible en écriture.',
      next: 'Faites de la place sur le serveur (fichiers en cache de mises à jour dont personne n’a besoin), puis téléchargez à nouveau.',
    },
    refused: {
      cause: 'La connexion a été refusée en chemin : un pare-feu, ou un proxy qui demande un compte.',
      next: 'Autorisez le serveur WAPT à joindre Microsoft, ou réglez son proxy, puis téléchargez à nouveau.',
    },
    unknown: {
      cause: 'Le message ne dit rien de connu ici.',
      next: 'Regardez le journal du service de tâches du serveur WAPT (wapttasks).',
    },
  },
  forgetDialog: {
    title_one: 'Supprimer l’enregistrement du téléchargement ?',
    title_other: 'Supprimer {{count}} enregistrements de téléchargements ?',
    text: 'Seul l’enregistrement disparaît ; les fichiers restent sur le serveur.',
    done_one: '{{count}} enregistrement supprimé',
    done_other: '{{count}} enregistrements supprimés',
  },
  menu: {
    why: 'Pourquoi cela a échoué',
    again: 'Télécharger à nouveau',
    copyUrl: 'Copier l’adresse',
    copyError: 'Copier l’erreur',
    forget: 'Supprimer l’enregistrement',
    noUpdate: 'On ne sait pas à quelle mise à jour ce fichier appartient.',
  },
  again_one: '{{count}} téléchargement redemandé',
  again_other: '{{count}} téléchargements redemandés',
  empty: 'Aucun téléchargement',
  emptyText:
    'Le serveur récupère son index une fois par jour et les fichiers manquants toutes les 30 minutes. Ce que vous demandez apparaît ici aussitôt.',
  unavailable: 'Les téléchargements ne sont pas visibles ici',
  cutOff: 'Seules les tâches les plus récentes sont affichées : la réponse du serveur a été coupée à la limite.',
  kind: { index: 'Index', update: 'Mise à jour' },
};
