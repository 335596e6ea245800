#!/bin/sh
# Makes the keys and certificates of this directory, for tests only, valid for 100 years, with OpenSSL 3.
# Nothing trusts them: their keys are public.
set -e
days=36500

ca() { # name
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days $days -subj "/CN=WSP test $1" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign -keyout "$1.key" -out "$1.pem"
}

leaf() { # name, certificate authority, further lines of extensions, options of genpkey
  name=$1 authority=$2 extension=$3 subject=${subject:-WSP test $1}
  shift 3
  openssl genpkey "$@" -out "$name.key"
  printf 'basicConstraints=CA:FALSE\n%b' "$extension" > extensions.tmp
  openssl req -new -key "$name.key" -subj "/CN=$subject" |
    openssl x509 -req -days $days -CA "$authority.pem" -CAkey "$authority.key" -extfile extensions.tmp -out "$name.pem"
  rm extensions.tmp
  subject=
}

here='subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1\n'
ca ca
ca other-ca
leaf intermediate ca 'basicConstraints=critical,CA:TRUE\n' -algorithm EC -pkeyopt ec_paramgen_curve:P-256
leaf rsa intermediate "$here" -algorithm RSA -pkeyopt rsa_keygen_bits:2048
cat intermediate.pem >> rsa.pem
leaf ec ca "$here" -algorithm EC -pkeyopt ec_paramgen_curve:P-384
leaf ed25519 ca "$here" -algorithm ED25519
leaf elsewhere ca 'subjectAltName=DNS:elsewhere.test\n' -algorithm EC -pkeyopt ec_paramgen_curve:P-256
leaf client ca '' -algorithm EC -pkeyopt ec_paramgen_curve:P-256
leaf stranger other-ca "$here" -algorithm EC -pkeyopt ec_paramgen_curve:P-256

# Names that Java's own check refuses, a wildcard, a common name alone.
p256='-algorithm EC -pkeyopt ec_paramgen_curve:P-256'
ca names-ca
leaf names names-ca 'subjectAltName=DNS:api,DNS:my_api.test,DNS:_x.y_.test,DNS:*.wild.test,DNS:*.local,DNS:Upper.Test,DNS:xn--fa-hia.test,DNS:127.0.0.9,IP:127.0.0.2,IP:fe80::2\n' $p256
subject=old.test; leaf common names-ca '' $p256

# A chain of four, in pieces: deep, deep2, deep1, names-ca.
leaf deep1 names-ca 'basicConstraints=critical,CA:TRUE\n' $p256
leaf deep2 deep1 'basicConstraints=critical,CA:TRUE\n' $p256
leaf deep deep2 "$here" $p256
rm names-ca.key deep1.key deep2.key

# Of a trusted authority, but not for servers.
ca uses-ca
leaf wrong-use uses-ca "${here}extendedKeyUsage=clientAuth\n" $p256
rm uses-ca.key

# Names of which the JDK reads none, because of one; the same, and a common name, from an issuer with name constraints.
ca odd-ca
leaf odd odd-ca 'subjectAltName=DNS:api,DNS:*.wild.test,URI:no-scheme,IP:127.0.0.2,IP:fe80::2,IP:::ffff:10.0.0.1,email:@\n' $p256
leaf limited odd-ca 'basicConstraints=critical,CA:TRUE\nnameConstraints=critical,permitted;DNS:ok.test\n' $p256
leaf limited-odd limited 'subjectAltName=DNS:api,URI:no-scheme\n' $p256
leaf limited-seen limited 'subjectAltName=DNS:api\n' $p256
leaf limited-ok limited 'subjectAltName=DNS:a.ok.test\n' $p256
subject=api; leaf limited-common limited '' $p256
for name in odd seen common; do cat limited.pem >> limited-$name.pem; done
rm odd-ca.* odd.key limited.key limited-odd.key limited-common.key

# An authority of a day, and the same renewed.
days=1; ca brief-ca; days=36500
leaf brief brief-ca "$here" $p256
openssl req -x509 -key brief-ca.key -days $days -subj '/CN=WSP test brief-ca' -addext basicConstraints=critical,CA:TRUE -out brief-renewed.pem
rm brief*.key

# What has to be converted first.
openssl rsa -in rsa.key -traditional -out pkcs1.key
openssl ec -in ec.key -out sec1.key
openssl pkcs8 -topk8 -in ec.key -passout pass:test -out encrypted.key
rm ca.key other-ca.key intermediate.key intermediate.pem
