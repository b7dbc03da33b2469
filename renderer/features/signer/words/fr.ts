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
};
