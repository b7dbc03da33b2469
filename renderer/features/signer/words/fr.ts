import type { en } from './en.ts';

/** Words of the signer, in French. */
export const fr: typeof en = {
  title: 'Signataire',
  open: 'Ouvrir un signataire',
  openButton: 'Ouvrir',
  unlock: 'Déverrouiller',
  lock: 'Verrouiller le signataire',
  none: 'Aucun signataire',
  locked: 'Signataire verrouillé',
  opened: '{{name}} · {{left}}',
  until: 'Se verrouille dans {{left}}',
  lead: 'Les paquets et les ordres aux machines sont signés avec votre certificat et votre clé. La phrase secrète sert une fois et n’est pas gardée.',
  certificate: 'Certificat',
  key: 'Clé',
  keyBeside: 'La clé qui va avec, à côté du certificat',
  passphrase: 'Phrase secrète de la clé',
  passphraseNone: 'Laissez vide pour une clé sans phrase secrète.',
  codeSigning: 'Signature de code',
  noCodeSigning: 'Non prévu pour signer du code : les machines acceptent ses ordres, mais pas de paquets avec scripts.',
  noFiles: 'Aucun certificat trouvé',
  other: 'Autre signataire…',
  trusted: {
    title: 'Signataires de confiance',
    open: 'Signataires de confiance…',
    lead: 'Les paquets de ces signataires sont indiqués comme vérifiés, à côté des vôtres. Les certificats fournis par le serveur ne sont jamais de confiance par eux-mêmes.',
    none: 'Seul votre propre signataire est de confiance.',
    add: "Ajouter le certificat d'un signataire",
    compared: "J'ai comparé l'empreinte avec celle donnée par son propriétaire",
    trust: 'Faire confiance à ce signataire',
    remove: 'Ne plus faire confiance',
  },
};
