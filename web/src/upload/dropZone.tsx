import { type DragEvent, useEffect, useRef, useState } from 'react';
import { droppedFiles, wanted } from './droppedFiles.ts';

/** Where files come in: dropped, chosen, as a folder, pasted, photographed. */
export function DropZone({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const [isOver, setOver] = useState(false);
  const give = useRef(onFiles);
  useEffect(() => {
    give.current = onFiles;
  });
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      if (event.clipboardData === null || event.clipboardData.files.length === 0) return;
      event.preventDefault();
      droppedFiles(event.clipboardData).then((files) => give.current(files.map(named)));
    };
    // What misses the zone must not make the browser leave the page.
    const keep = (event: Event) => event.preventDefault();
    addEventListener('paste', paste);
    addEventListener('dragover', keep);
    addEventListener('drop', keep);
    return () => {
      removeEventListener('paste', paste);
      removeEventListener('dragover', keep);
      removeEventListener('drop', keep);
    };
  }, []);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    droppedFiles(event.dataTransfer).then(onFiles);
  };
  return (
    <section
      className={isOver ? 'drop drop-over' : 'drop'}
      aria-label="上传区"
      onDragOver={() => setOver(true)}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p className="drop-title">把公文放到这里</p>
      <p className="faint">
        可拖入多个文件或整个文件夹，也可以直接粘贴。
        <br />
        PDF、扫描件和照片、OFD、Word、Excel、网页、纯文本和压缩包都可以。
      </p>
      <p className="drop-ways">
        <Chooser label="选择文件" isMain multiple onFiles={onFiles} />
        <Chooser label="选择文件夹" folder onFiles={onFiles} />
        <Chooser label="拍照" camera onFiles={onFiles} />
      </p>
    </section>
  );
}

/** A pasted picture has no name of its own. */
function named(file: File): File {
  if (!/^image\.(png|jpe?g)$/i.test(file.name)) return file;
  const now = new Date();
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map((one) => String(one).padStart(2, '0')).join('');
  return new File([file], `粘贴的图片${time}${file.name.slice(5)}`, { type: file.type });
}

function Chooser({
  label,
  isMain = false,
  multiple = false,
  folder = false,
  camera = false,
  onFiles,
}: {
  readonly label: string;
  readonly isMain?: boolean;
  readonly multiple?: boolean;
  readonly folder?: boolean;
  readonly camera?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}) {
  return (
    <label className={`chooser${isMain ? ' chooser-main' : ''}${camera ? ' chooser-camera' : ''}`}>
      {label}
      <input
        type="file"
        multiple={multiple}
        {...(folder && { webkitdirectory: '' })}
        {...(camera && { accept: 'image/*', capture: 'environment' as const })}
        onChange={(event) => {
          onFiles(wanted(event.target.files ?? []));
          // The same file may be chosen again.
          event.target.value = '';
        }}
      />
    </label>
  );
}
