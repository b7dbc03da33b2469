/** Words for every code of the contract: what happened, the likely cause, the next step. `serverSaid` introduces the server's own text. */
export const en = {
  serverSaid: 'The server said:',
  unreachable: {
    title: 'The server cannot be reached',
    cause: 'No connection to {{host}} came about: it may be down, or a network or firewall stands between.',
    next: 'Check the network and the address, then try again. What was read before stays visible.',
  },
  dns: {
    title: 'No server has this name',
    cause: 'The name {{host}} cannot be resolved: it is misspelt, or this machine does not use the DNS that knows it.',
    next: 'Check the address. From outside the site, connect the VPN first.',
  },
  refused: {
    title: 'The server refuses the connection',
    cause:
      'The machine {{host}} answers, but nothing listens on port {{port}}: the web service is stopped, or the port is another.',
    next: 'Check the port in the address, and that the web server runs on the WAPT server.',
  },
  timeout: {
    title: 'The server did not answer in time',
    cause: '{{host}} is overloaded or very far away, or a firewall drops the connection without a word.',
    next: 'Try again. If it stays so, look at the load of the server.',
  },
  'tls-untrusted': {
    title: 'The certificate of the server is not trusted',
    cause:
      'It was signed by an authority that neither this machine nor the profile knows. That is usual with a private authority, and also what an attacker would look like.',
    next: 'Compare the fingerprint with the one on the server and pin it, or choose the file of your authority.',
  },
  'tls-expired': {
    title: 'The certificate of the server has expired',
    cause: 'It was valid until {{notAfter}}.',
    next: 'Renew the certificate on the server. If it should still be valid, check the clock of this machine.',
  },
  'tls-not-yet-valid': {
    title: 'The certificate of the server is not valid yet',
    cause: 'Its validity begins in the future: the clock of this machine or of the server is wrong.',
    next: 'Set the clock right, then try again.',
  },
  'tls-wrong-name': {
    title: 'The certificate belongs to another name',
    cause: 'It does not name {{host}}, by which you reach the server.',
    next: 'Use the name that stands in the certificate, or have one made that names {{host}}.',
  },
  'tls-changed': {
    title: 'The certificate of the server has changed',
    cause:
      'It is not the one you pinned. It was renewed, or somebody stands between you and the server. Nothing was sent.',
    next: 'Ask who runs the server. Pin the new certificate only after comparing its fingerprint on the server itself.',
  },
  'tls-failed': {
    title: 'No secure connection came about',
    cause:
      '{{host}} answers, but not with a TLS that the console accepts: it may be a plain HTTP port, or a very old server.',
    next: 'Check the port. The server must offer TLS 1.2 or newer.',
  },
  proxy: {
    title: 'The proxy did not let the connection through',
    cause: 'The proxy is unreachable, asks for an account, or forbids {{host}}.',
    next: 'Check the proxy in the profile; a server on the own network usually needs none.',
  },
  cancelled: {
    title: 'Cancelled',
    cause: 'The operation was stopped before its end.',
    next: 'Start it again when you want to.',
  },
  'password-refused': {
    title: 'The server refuses this user or password',
    cause: 'The name or the password is wrong, or the account is locked.',
    next: 'Type the password again. Check the keyboard layout and Caps Lock.',
  },
  'client-certificate-needed': {
    title: 'The server asks for a client certificate',
    cause: 'Its web server lets in only machines that show a certificate.',
    next: 'Choose a client certificate and its key in the profile.',
  },
  'signed-out': {
    title: 'The session has ended',
    cause: 'The server no longer knows it: too much time went by, or the server restarted.',
    next: 'Sign in again; you go on where you were.',
  },
  forbidden: {
    title: 'Your account has no right to do this',
    cause: 'The server asks for the right “{{right}}”.',
    next: 'Ask an administrator of the WAPT server for it, or sign in with another account.',
  },
  'not-wapt': {
    title: 'This is not a WAPT server',
    cause:
      '{{host}} answers, but not as a WAPT server does: another web site, a portal of the network, or a wrong path.',
    next: 'Check the address. Is a sign-in page of the network in between?',
  },
  'too-old': {
    title: 'This server is too old',
    cause: 'It is a WAPT {{version}}; the console speaks to 1.7 and newer.',
    next: 'Update the WAPT server.',
  },
  absent: {
    title: 'This server does not have this function',
    cause: 'It answers that {{route}} does not exist: another edition or version of WAPT.',
    next: 'The list, the rules and the orders to hosts work without it.',
  },
  malformed: {
    title: 'The answer of the server cannot be read',
    cause:
      '{{route}} answered with something that does not fit the protocol: a proxy in between, or a version not known yet.',
    next: 'Try again. If it stays so, look at the log of the console.',
  },
  'too-large': {
    title: 'The answer is too large',
    cause: 'It has {{size}}; {{limit}} are accepted.',
    next: 'Read fewer hosts at once, or ask who runs the server why it grew so.',
  },
  'cut-off': {
    title: 'The connection broke in the middle',
    cause: 'Less arrived than was announced: the network, a proxy or the server gave up.',
    next: 'Try again. Nothing half was kept.',
  },
  'server-said': {
    title: 'The server refused',
    cause: 'It answered with a message of its own.',
    next: 'What it said tells what to change.',
  },
  'server-broken': {
    title: 'The server has a fault',
    cause: '{{route}} ended in error {{status}}.',
    next: 'Look at the log of the WAPT server, then try again.',
  },
  'agent-restarted': {
    title: 'The agent restarted',
    cause:
      'The host’s agent began anew in the middle of the order, after a restart of the host or of its service. Nobody knows how far it came.',
    next: 'Look at what the host reports; order it again where something is still open.',
  },
  'bad-request': {
    title: 'The console asked for something impossible',
    cause: 'A value was outside of what is allowed: a fault of the console.',
    next: 'Check what you typed; else report it.',
  },
  'foreign-sender': {
    title: 'This page is not connected to the console',
    cause: 'The console was restarted, or its address was used in another page.',
    next: 'Open the address that the console printed when it started.',
  },
  internal: {
    title: 'The console has a fault',
    cause: 'Something failed that should not be able to fail. Nothing was done on the server that is not shown.',
    next: 'Try again. If it stays so, report it with the log of the console.',
  },
  unavailable: {
    title: 'Not possible here',
    cause: 'This machine or this kind of start of the console does not offer it.',
    next: 'Use another way: the lists and files that the console offers.',
  },
  'not-found': {
    title: 'It is no longer there',
    cause: 'What you asked for was deleted or renamed meanwhile.',
    next: 'Refresh the list.',
  },
  'address-invalid': {
    title: 'This is not an address of a server',
    cause: 'The console needs a name, and speaks https only.',
    next: 'Write it like srvwapt.example or https://srvwapt.example:8443.',
  },
  'read-only': {
    title: 'Another console has this profile open',
    cause: 'Only one console writes to the data of a profile; this one can only look.',
    next: 'Close the other console, then open the profile again.',
  },
  disk: {
    title: 'The disk refuses',
    cause: 'A file of the console cannot be read or written: the disk is full, or the rights are missing.',
    next: 'Make room or check the rights of the console’s folder, then try again.',
  },
  'no-desk': {
    title: 'This server was closed',
    cause: 'It was closed here or in another tab, and nothing was done.',
    next: 'Open the server again.',
  },
  'desks-full': {
    title: 'No more servers can be open at once',
    cause: '{{limit}} servers are open side by side, and each has a store and a connection of its own.',
    next: 'Close one of them first.',
  },
  'open-elsewhere': {
    title: 'This server is open already',
    cause: 'It stands beside this one in the list of open servers.',
    next: 'Switch to it there.',
  },
  'no-profile': { title: 'No server is open', cause: 'No profile was chosen yet.', next: 'Sign in to a server first.' },
  'signer-needed': {
    title: 'A signer is needed',
    cause: 'Packages and orders to hosts are signed, and no key is open: it was locked, or its time ran out.',
    next: 'Open your signer, then do it again.',
  },
  'signer-expired': {
    title: 'The certificate of the signer has expired',
    cause: 'It was valid until {{notAfter}}. Hosts refuse what it signs.',
    next: 'Use a renewed certificate.',
  },
  'signer-not-yet-valid': {
    title: 'The certificate of the signer is not valid yet',
    cause: 'Its validity begins in the future.',
    next: 'Check the clock of this machine, or use another certificate.',
  },
  'wrong-passphrase': {
    title: 'Wrong passphrase',
    cause: 'The key does not open with it.',
    next: 'Type it again. Check Caps Lock.',
  },
  'passphrase-needed': {
    title: 'The key asks for a passphrase',
    cause: 'The file is encrypted.',
    next: 'Type the passphrase of the key.',
  },
  'key-mismatch': {
    title: 'The key does not belong to the certificate',
    cause: 'The two files were not made together.',
    next: 'Choose the key that was made with this certificate.',
  },
  'key-missing': {
    title: 'There is no key beside the certificate',
    cause: 'A certificate alone cannot sign.',
    next: 'Put the .pem of the key into the same folder, or choose the key yourself.',
  },
  'key-unsupported': {
    title: 'The key is encrypted in a way that is not supported',
    cause: 'Its file uses an old or unusual encryption.',
    next: 'Save it anew: openssl pkcs8 -topk8 -v2 aes-256-cbc -in old.pem -out new.pem',
  },
  'key-not-rsa': {
    title: 'The key is not an RSA key',
    cause: 'WAPT signs with RSA only.',
    next: 'Use the RSA certificate that your hosts trust.',
  },
  'bad-pem': {
    title: 'The file cannot be read',
    cause: 'It holds no certificate or key in PEM form.',
    next: 'Choose a .crt or .pem file, in text form.',
  },
  'certificate-missing': {
    title: 'There is a key but no certificate',
    cause: 'The file holds no certificate.',
    next: 'Choose the .crt that belongs to the key.',
  },
  'cve-file': {
    title: 'The file of CVEs is not imported',
    cause: '“{{name}}” is in no form that is known here.',
    next: 'Import Microsoft’s export of the Security Update Guide, a CVRF document, or a table with the columns cve and kb.',
  },
  'lab-only': {
    title: 'This belongs to the demonstration',
    cause:
      'The authority and the signer of the built-in lab are known to everybody who has the console. They count nowhere else.',
    next: 'Use a certificate of your own.',
  },
  'name-invalid': {
    title: 'This name cannot be used',
    cause: 'A package name has small letters, digits and hyphens, and begins with a letter or digit.',
    next: 'Write it like prefix-servers-monthly.',
  },
  'version-invalid': {
    title: 'This version cannot be used',
    cause: 'A version is made of numbers and dots, with a packaging number: 12-0.',
    next: 'Let the console count it up.',
  },
  'rules-invalid': {
    title: 'The rules cannot be written',
    cause: 'A list holds something that is neither an update nor a KB nor a category.',
    next: 'Take the marked entry out, or choose it from the list of updates.',
  },
  'version-moved': {
    title: 'Somebody published meanwhile',
    cause: 'The repository already has version {{newest}} of this package. Nothing was uploaded.',
    next: 'Look at what changed, then publish over it or take the new version as a base.',
  },
  'draft-moved': {
    title: 'The draft was changed elsewhere',
    cause: 'Another window wrote it after you opened it.',
    next: 'Open the draft again.',
  },
  'package-refused': {
    title: 'The package does not pass its own check',
    cause: 'What was built, or the package it was made from, is not what hosts would accept: {{reason}}.',
    next: 'Check who signed it, and the certificate of your signer. Nothing was uploaded.',
  },
  'upload-refused': {
    title: 'The server did not take the package',
    cause: 'It refused the upload.',
    next: 'What it said tells why: a missing right, or a signer that it does not trust.',
  },
  'not-in-index': {
    title: 'The package was sent but is not in the index',
    cause:
      'The server took the upload and does not list it. Another may have replaced it, or the index is not made anew.',
    next: 'Refresh the list of packages. Your draft is kept.',
  },
  'delete-refused': {
    title: 'The server did not delete it',
    cause: 'It refused, or it deletes packages only for accounts with more rights.',
    next: 'What it said tells why.',
  },
  'regex-invalid': {
    title: 'This is no regular expression',
    cause: 'The engine says: {{reason}}',
    next: 'Correct it, or ask for the title with * and ? instead.',
  },
  'regex-too-slow': {
    title: 'The regular expression takes too long',
    cause: 'It was ended after 200 ms. Expressions that repeat a repetition, as (a+)+, may never end by themselves.',
    next: 'Make it simpler, or ask for the title with * and ? instead.',
  },
  'ring-held': {
    title: '{{name}} no longer passes',
    cause: 'Hosts reported something new, or a package changed, since you looked. Nothing was published.',
    next: 'Look at the rings again and promote what passes now.',
  },
  'outside-grant': {
    title: 'The signer was not lent for this',
    cause: 'It was lent to a campaign for its own orders and hosts. Nothing else was signed.',
    next: 'Open the signer to sign anything else.',
  },
  'campaign-state': {
    title: 'The campaign has moved on',
    cause: 'This cannot be done with a campaign in its present state.',
    next: 'Look at the campaign again.',
  },
  'clock-off': {
    title: 'The clocks are too far apart',
    cause:
      'This machine and the server differ by {{difference}}. Hosts drop orders that are hours off, without a word.',
    next: 'Set the clock of this machine right.',
  },
  'nothing-selected': {
    title: 'Nothing is selected',
    cause: 'None of what you chose can take part.',
    next: 'Select at least one line.',
  },
};
