import { XLSX_CELLS, XLSX_CHARACTERS } from '../../../contract/export-limits.ts';
import { DIMENSIONS } from '../../../domain/compliance.ts';
import type { help as english } from './help-en.ts';

const number = new Intl.NumberFormat('fr');

/** Ce que dit l’aide, en français. */
export const help: typeof english = {
  title: 'waptwua : les mises à jour Windows d’un parc, par un serveur WAPT',
  usage: 'utilisation :',
  ofAll: 'options de toutes les commandes',
  exitCodes: 'codes de sortie',
  started: 'comment la lancer',
  summary: {
    profiles: 'les serveurs que la console connaît',
    updates: 'les mises à jour nécessaires ou signalées, et combien de machines en sont où',
    hosts: 'les machines, et combien de mises à jour en sont où',
    packages: 'les paquets de règles du dépôt',
    compliance: 'à quel point le parc est à jour : brut, et selon ce qui est autorisé',
    export: 'écrit une liste dans un fichier : CSV, classeur Excel ou rapport à imprimer',
    trigger: 'ordonne une recherche, un téléchargement ou une installation sur des machines, par actions signées',
    publish: 'publie un brouillon, ou un fichier de règles, comme version suivante d’un paquet de règles',
  },
  global: {
    '--json': 'écrire du JSON au lieu de phrases ; il est en anglais, quelle que soit la langue',
    '--lang fr|en': 'la langue ; sans elle : celle de LC_ALL, LC_MESSAGES ou LANG',
    '--profile NAME': 'le serveur : nom, adresse ou identifiant de son profil ; inutile s’il n’y en a qu’un',
    '--user NAME': 'un autre utilisateur que celui du profil',
    '--password-fd N': 'lire le mot de passe du descripteur de fichier N au lieu de le demander',
    '--password-store':
      'prendre celui que la fenêtre garde (programme installé), ou un du trousseau du système (Linux, macOS)',
    '--offline': 'n’interroger aucun serveur : écrire ce qui a déjà été lu',
    '--data DIR': 'le dossier de tout ce que garde la console ; sans lui : celui de la fenêtre',
    '--keys DIR': 'un dossier de certificats et de clés ; peut être donné plusieurs fois',
    '--help': 'l’aide, aussi derrière une commande',
    '--version': 'la version',
  },
  updates: {
    '--all': 'toutes les mises à jour signalées, pas seulement celles dont une machine a besoin',
    '--severity NAME': 'Critical, Important, Moderate, Low ; peut être donné plusieurs fois, comme les deux suivants',
    '--product NAME': 'par produit',
    '--classification NAME': 'par classification',
    '--search TEXT': 'mots du titre, du KB ou de l’identifiant',
    '--superseded': 'les remplacées aussi',
    '--on-server, --not-on-server': 'selon que le serveur a les fichiers ou non',
  },
  hosts: {
    '--host NAME': 'par nom, avec ou sans domaine ; peut être donné plusieurs fois, comme les deux suivants',
    '--group NAME': 'les machines d’un groupe',
    '--uuid UUID': 'par uuid',
    '--search TEXT': 'mots du nom, de la description, du système, des groupes, de l’unité ou des adresses',
    '--stale': 'aucune recherche, ou une trop ancienne',
    '--reachable': 'seulement celles que le serveur joint en ce moment',
    '--failed': 'seulement celles où une mise à jour a échoué',
    '--needs KB-OR-ID': 'seulement celles qui ont besoin d’une mise à jour',
  },
  packages: { '--all': 'toutes les versions, pas seulement les plus récentes' },
  compliance: { '--by WHAT': `${DIMENSIONS.join(', ')} ; le parc entier sans lui` },
  export: {
    '--out FILE': 'où écrire ; lisible de son seul propriétaire (0600)',
    '--format WHAT': `csv, xlsx, html ; sans lui : d’après la fin du nom du fichier. csv et html sont écrits ligne par ligne ; xlsx est assemblé en mémoire : au plus ${number.format(XLSX_CELLS)} cellules (lignes × colonnes) et ${number.format(XLSX_CHARACTERS)} caractères, moins là où moins de 2,4 Go sont libres`,
    '--force': 'à la place d’un fichier qui existe',
    '--plain': 'CSV sans les lignes de la fin qui disent filtre, lignes, serveur et âge des données',
  },
  signing: {
    '--signer NAME': 'nom de fichier ou empreinte du certificat qui signe',
    '--passphrase-fd N': 'lire la phrase secrète de sa clé du descripteur de fichier N',
    '--passphrase-store': 'la prendre du trousseau du système (Linux, macOS)',
  },
  trigger: {
    '--every-host': 'toutes les machines que laissent les autres options',
    '--wait': 'attendre la fin de l’ordre sur chaque machine',
    '--timeout MINUTES': 'combien attendre au plus ; 60 sans lui',
    '--yes': 'ne pas demander de confirmation',
  },
  publish: {
    '--draft NAME': 'un brouillon du profil, par son paquet ou son identifiant',
    '--rules FILE': 'un fichier de règles (waptwua_rules.json)',
    '--package NAME': 'le paquet que concernent les règles',
    '--description TEXT': 'ce que le paquet dit de lui ; sans elle : comme avant',
    '--maturity WHAT': 'PROD, PREPROD, DEV ; sans elle : comme avant',
    '--reason TEXT': 'pourquoi, pour le journal',
    '--over-moved': 'bien que quelqu’un ait publié entre-temps',
    '--yes': 'ne pas demander de confirmation ; la prévision est montrée quand même',
  },
  exit: {
    '0': 'fait',
    '1': 'une faute de la console',
    '2': 'la ligne de commande est fausse',
    '3': 'profil, machine, mise à jour, brouillon ou paquet inconnu',
    '4': 'mot de passe, ou droit, refusé',
    '5': 'le serveur est injoignable ou n’est pas reconnu',
    '6': 'impossible d’écrire : une autre console a le profil, ou le disque refuse',
    '7': 'pas de signataire, phrase secrète fausse, certificat expiré',
    '8': 'la console ou le serveur n’a pas voulu',
    '9': 'l’ordre a pris fin, mais pas bien sur chaque machine',
    '10': 'rien n’a été fait : confirmez, ou donnez --yes',
    '130': 'interrompu',
  },
  ways: {
    waptwua: 'là où le deb ou le rpm est installé',
    'waptwua.cmd':
      'Windows, dans le dossier du programme ; personne ne peut y taper : --password-store ou --password-fd',
    'Contents/Resources/waptwua': 'macOS, dans le dossier de l’application',
    'FILE.AppImage --ozone-platform=headless --cli -- COMMAND': 'l’AppImage',
    'node out/main/cli.js': 'un clone des sources, après npm run build',
  },
};
