import type { en } from './en.ts';

/** Words of the agent options, in French. */
export const fr: typeof en = {
  title: 'Options des agents',
  form: 'Options de l’agent',
  intro:
    'Ce que les agents font d’eux-mêmes se trouve dans la section [waptwua] du fichier wapt-get.ini de chaque machine. Vous écrivez ici cette section, vous voyez ce qu’elle signifie, et la comparez à ce que les machines signalent. Rien n’est envoyé : portez le texte sur les machines, ou les valeurs dans l’installateur de l’agent.',
  group: {
    takeOver: 'Qui gère Windows Update',
    allow: 'Ce qui est autorisé',
    when: 'Quand les machines agissent',
    files: 'D’où viennent les fichiers',
    special: 'Rarement utile',
  },
  option: {
    enabled: {
      label: 'WAPT gère les mises à jour Windows',
      help: 'Oui : WAPT prend Windows Update en main, et seul ce que les règles autorisent est installé. Non : WAPT le rend à Windows. Non défini : WAPT ne touche pas à Windows Update.',
    },
    offline: {
      label: 'Rechercher avec l’index',
      help: 'Les machines recherchent avec l’index (wsusscn2.cab) que le serveur WAPT a récupéré, sans interroger Microsoft.',
    },
    default_allow: {
      label: 'Autoriser ce qu’aucune règle ne mentionne',
      help: 'La décision pour les mises à jour qu’aucun paquet de règles n’autorise ni n’interdit. Non : seul ce qui est autorisé nommément ou par catégorie est installé.',
    },
    allow_direct_download: {
      label: 'Prendre chez Microsoft ce qui manque au serveur',
      help: 'Une machine qui ne trouve pas un fichier sur le serveur WAPT le prend elle-même chez Microsoft.',
    },
    filter: {
      label: 'Filtre de recherche',
      help: 'Les mises à jour demandées à Windows Update, dans son propre langage de recherche.',
    },
    download_scheduling: {
      label: 'Rechercher et télécharger tous les',
      help: 'La fréquence à laquelle une machine recherche et télécharge ce qui est autorisé. Rien ne se passe tant que ni les règles ni l’index n’ont changé.',
    },
    install_scheduling: {
      label: 'Installer tous les',
      help: 'La fréquence à laquelle une machine installe d’elle-même ce qui est en attente. L’installation de l’agent ne le propose pas, à dessein.',
    },
    install_at_shutdown: {
      label: 'Installer à l’arrêt',
      help: 'Quand quelqu’un arrête la machine, ce qui est en attente est d’abord installé.',
    },
    install_delay: {
      label: 'Attendre après la publication',
      help: 'L’âge qu’une mise à jour doit avoir, compté depuis sa publication par Microsoft. Les plus récentes sont retenues, même autorisées.',
    },
    allowed_severities: {
      label: 'Autoriser par criticité',
      help: 'L’agent autorise de lui-même les mises à jour de ces criticités, en plus des paquets de règles. Une interdiction dans un paquet l’emporte toujours.',
    },
  },
  notSet: 'Non défini',
  notSetDefault: 'Non défini : l’agent prend {{value}}',
  notSetNone: 'Non défini : jamais',
  notSetEnabled: 'Non défini : Windows Update reste tel quel',
  notSetDelay: 'Non défini : sans attente',
  notSetSeverities: 'Non défini : aucune',
  yes: 'Oui',
  no: 'Non',
  reads: '= {{duration}}',
  readsDays: 'Un nombre seul compte des jours : {{duration}}',
  problem: {
    'not-boolean': '« {{detail}} » n’est ni oui ni non. L’agent comprend true, false, 1, 0, yes, no, on et off.',
    'not-duration':
      '« {{detail}} » n’est pas une durée. Écrivez un nombre et s, m, h, d ou w, par exemple 12h ou 7d. Un nombre seul compte des jours.',
    'not-severity':
      'Aucune mise à jour n’a la criticité « {{detail}} ». Microsoft emploie Critical, Important, Moderate et Low, séparées par des virgules.',
    'severity-case':
      'L’agent compare lettre par lettre et ne trouverait pas « {{detail}} ». Écrivez Critical, Important, Moderate, Low.',
    'several-lines': 'La valeur doit tenir sur une ligne : l’agent lirait la suivante comme une autre option.',
    'open-quote': 'Un guillemet est ouvert et n’est pas fermé : Windows Update refuse toute la recherche.',
  },
  correct: 'Corriger',
  danger: {
    'installs-everything-unattended': {
      title: 'Tout s’installe tout seul',
      text: '« Autoriser ce qu’aucune règle ne mentionne » avec « Installer tous les » : toute mise à jour qu’aucune règle n’interdit est installée à la période suivante sans que personne ne regarde, serveurs compris, même publiée ce matin.',
    },
    'installs-in-working-hours': {
      title: 'Peut installer pendant le travail',
      text: 'Une période n’est pas une heure : une installation, et le redémarrage qu’elle demande, peuvent tomber pendant les heures de travail. Installer à l’arrêt, ou par un ordre le soir, non.',
    },
    'allows-on-the-first-day': {
      title: 'Autorisée le jour de sa publication',
      text: 'Sans « Attendre après la publication », une mise à jour est autorisée dès qu’une machine l’a vue. Si elle casse quelque chose, elle atteint toutes les machines à la fois ; 7d laisse une semaine pour l’apprendre.',
    },
    'goes-around-the-cache': {
      title: 'Contourne le cache du serveur',
      text: 'Chaque machine prend elle-même par votre ligne ce qui manque au serveur, en contournant celui-ci et ses dépôts. Les machines sans accès à Internet échouent.',
    },
    'installs-nothing': {
      title: 'N’installe encore rien',
      text: 'Ce qu’aucune règle ne mentionne n’est pas autorisé, et le serveur n’a aucun paquet de règles. Les machines recherchent et n’installent rien tant qu’aucun n’est publié et ne leur est attribué.',
    },
    'asks-microsoft': {
      title: 'Interroge Microsoft',
      text: 'Les recherches s’adressent à Microsoft au lieu de l’index : chaque machine a besoin d’un accès à Internet, et ce qu’elle trouve peut différer de ce que le serveur sait récupérer. Depuis 2020, la documentation des agents ne connaît que la recherche avec l’index.',
    },
    'never-scans': {
      title: 'Ne recherche que sur ordre',
      text: 'Sans période, les machines ne recherchent et ne téléchargent que lorsque vous l’ordonnez depuis cette console.',
    },
    'only-by-order': {
      title: 'N’installe que sur ordre',
      text: 'Ni une période ni l’arrêt n’installent quoi que ce soit : les mises à jour attendent que vous l’ordonniez depuis cette console.',
    },
    'has-no-effect': {
      title: 'Encore sans effet',
      text: 'Tant que « WAPT gère les mises à jour Windows » n’est pas défini, l’agent ne fait rien des autres options.',
    },
    'given-back': {
      title: 'Windows Update est rendu à Windows',
      text: 'Windows se met à jour comme avant WAPT. Les autres options et tous les paquets de règles restent sans effet.',
    },
  },
  othersTitle: 'Conservées telles quelles',
  others: 'Lignes de la section que la console ne connaît pas. Elles sont réécrites sans changement.',
  removeOther: 'Retirer {{key}}',
  tab: { ini: 'Texte ini', installer: 'Installateur', hosts: 'Ce que disent les machines' },
  tabs: 'Ce que deviennent les options',
  ini: {
    copy: 'Copier le texte ini',
    text: 'Tient lieu de la section [waptwua] de wapt-get.ini dans le dossier de WAPT sur la machine ; les autres sections restent.',
    wrong_one: '{{count}} valeur ne serait pas comprise par l’agent. Corrigez-la avant d’utiliser le texte.',
    wrong_other: '{{count}} valeurs ne seraient pas comprises par l’agent. Corrigez-les avant d’utiliser le texte.',
    empty: 'Rien n’est défini : WAPT ne touche pas à Windows Update.',
  },
  installer: {
    copy: 'Copier les valeurs de l’installateur',
    text: 'Variables de l’installateur de l’agent : il les écrit dans la section sur les nouvelles machines. Ce qui n’est pas défini n’est pas écrit.',
    left: 'L’installateur n’a pas de variable pour celles-ci ; écrivez-les dans le fichier : {{keys}}',
    empty: 'Rien n’est défini que l’installateur sache écrire.',
    existing:
      'Les machines qui ont déjà un agent gardent leur fichier. Pour le changer, donnez-leur un paquet WAPT dont l’installation l’écrit : il faut un certificat de signature de code, et cette console n’en construit pas.',
  },
  hosts: {
    intro: 'Les machines Windows, à la dernière lecture du serveur, face aux options de gauche.',
    all_one: '{{count}} machine Windows',
    all_other: '{{count}} machines Windows',
    wanted: 'Voulu : {{value}}',
    agree_one: '{{count}} conforme',
    agree_other: '{{count}} conformes',
    differ_one: '{{count}} dit {{value}}',
    differ_other: '{{count}} disent {{value}}',
    silent_one: '{{count}} ne dit rien',
    silent_other: '{{count}} ne disent rien',
    nothing: 'aucun',
    unsaid: 'Aucune machine ne dit',
    unsaidText:
      'Les agents ne signalent pas ces options. Elles ne se voient qu’à ce que font les machines ; là où la prévision en a besoin, vous les indiquez.',
    list: '{{option}} : machines conformes',
    listDiffer: '{{option}} : machines qui disent {{value}}',
    listSilent: '{{option}} : machines qui ne disent rien',
    more_one: 'et {{count}} autre',
    more_other: 'et {{count}} autres',
    copyNames: 'Copier les noms',
    openHost: 'Ouvrir {{name}}',
    empty: 'Aucune machine Windows n’est encore connue',
    emptyText:
      'Une fois les machines lues sur le serveur, ce qu’elles signalent apparaît ici à côté de ce que vous voulez.',
  },
  paste: {
    open: 'Lire un texte ini…',
    title: 'Lire un texte ini',
    label: 'Texte de wapt-get.ini',
    help: 'Le fichier entier, sa section [waptwua], ou des lignes de celle-ci. Il remplace ce qui est défini ici ; vous pouvez l’annuler.',
    go: 'Prendre ces options',
    found_one: '{{count}} option trouvée',
    found_other: '{{count}} options trouvées',
    bare: 'Aucune section n’est nommée : les lignes sont prises pour celles de [waptwua].',
    global: 'Clés de [global] comme avant octobre 2018 : les agents plus récents ne lisent que la section [waptwua].',
    nothing: 'Ni section [waptwua], ni ligne de celle-ci.',
    others_one: '{{count}} ligne inconnue de la console est conservée : {{keys}}',
    others_other: '{{count}} lignes inconnues de la console sont conservées : {{keys}}',
    bad_one: '{{count}} ligne n’est pas une option, et l’agent ne pourrait pas lire le fichier : {{lines}}',
    bad_other: '{{count}} lignes ne sont pas des options, et l’agent ne pourrait pas lire le fichier : {{lines}}',
    wrong: 'Valeurs incorrectes, signalées à leurs champs : {{keys}}',
    tooLong: 'Ce n’est pas un wapt-get.ini : il dépasse 20 000 caractères.',
    done: 'Les options ont été lues.',
  },
  careful: 'Départ prudent',
  carefulHelp:
    'Définit ce par quoi commence un administrateur prudent : l’index, rien sans règle, une semaine d’attente, installation à l’arrêt.',
  carefulDone: 'Les options d’un départ prudent sont définies.',
  clear: 'Tout effacer',
  clearDone: 'Plus rien n’est défini.',
  undo: 'Annuler',
  redo: 'Rétablir',
  dangers_one: '{{count}} danger',
  dangers_other: '{{count}} dangers',
  wrongCount_one: '{{count}} valeur incorrecte',
  wrongCount_other: '{{count}} valeurs incorrectes',
  fine: 'Rien d’incorrect, rien de dangereux',
};
