/** Writes DER (X.690), for the electronic seals of generated documents. */
export function der(tag: number, ...content: readonly (Uint8Array | string)[]): Buffer {
  const body = Buffer.concat(content.map((part) => Buffer.from(part)));
  const length =
    body.length < 0x80
      ? [body.length]
      : body.length < 0x100
        ? [0x81, body.length]
        : body.length < 0x10000
          ? [0x82, body.length >> 8, body.length & 255]
          : [0x83, body.length >> 16, (body.length >> 8) & 255, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const integer = (value: number) => der(0x02, Uint8Array.of(value));
const time = (value: string) => der(0x18, value);

/**
 * An SES_Signature of GB/T 38540-2020 that names its seal and its time. The signature in it is empty: generated
 * documents show what is stated, they prove nothing.
 */
export function electronicSeal(name: string, signedAt: string, picture: Uint8Array): Uint8Array {
  const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
  const header = sequence(der(0x16, 'ES'), integer(4), der(0x16, 'hongtou'));
  const validity = [time('20240101000000Z'), time('20240101000000Z'), time('20340101000000Z')];
  const property = sequence(integer(1), der(0x0c, name), integer(1), sequence(), ...validity);
  const image = sequence(der(0x16, 'PNG'), der(0x04, picture), integer(42), integer(42));
  const seal = sequence(sequence(header, der(0x16, 'invented-seal'), property, image), der(0x04), der(0x03, '\0'));
  const toSign = sequence(
    integer(4),
    seal,
    time(signedAt),
    der(0x03, '\0'),
    der(0x16, '/Doc_0/Signs/Sign_0/Signature.xml'),
  );
  return sequence(
    toSign,
    der(0x04),
    der(0x06, Uint8Array.of(0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x83, 0x75)),
    der(0x03, '\0'),
  );
}
