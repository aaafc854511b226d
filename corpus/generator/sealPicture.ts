import sharp from 'sharp';

let picture: Promise<Uint8Array> | undefined;

/** The picture of a seal, ring and star, as PNG with a transparent ground. The name is not drawn: fonts differ. */
export function sealPicture(): Promise<Uint8Array> {
  const ring = '<circle cx="120" cy="120" r="116" fill="none" stroke="#d80f18" stroke-width="7"/>';
  const star = '<path fill="#d80f18" d="M120 84l8 25h26l-21 15 8 25-21-15-21 15 8-25-21-15h26z"/>';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240">${ring}${star}</svg>`;
  picture ??= sharp(Buffer.from(svg))
    .png()
    .toBuffer()
    .then((bytes) => new Uint8Array(bytes));
  return picture;
}
