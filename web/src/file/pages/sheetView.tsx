import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { pageQuery } from '../../api/queries.ts';
import { type PageSize, PageStack, type Shown } from './pageStack.tsx';
import { SheetDrawing } from './sheetDrawing.tsx';

export interface SheetPage extends PageSize {
  readonly textOrigin: 'text' | 'ocr';
}

interface SheetViewProps extends Shown {
  readonly fileId: string;
  readonly pages: readonly SheetPage[];
  readonly zoom: number;
}

/** Pages of formats that browsers do not show: scans as their picture, the others drawn from their geometry. */
export function SheetView({ fileId, pages, zoom, ...shown }: SheetViewProps) {
  return (
    <PageStack pages={pages} zoom={zoom} {...shown}>
      {(index) => {
        const page = pages[index];
        return page === undefined ? null : <SheetFace fileId={fileId} page={page} />;
      }}
    </PageStack>
  );
}

function SheetFace({ fileId, page }: { readonly fileId: string; readonly page: SheetPage }) {
  const [pictureFailed, setPictureFailed] = useState(false);
  const isScan = page.textOrigin === 'ocr' && !pictureFailed;
  const view = useQuery({ ...pageQuery(fileId, page.page), enabled: !isScan });
  const address = `/api/files/${fileId}/pages/${page.page}/picture`;
  if (isScan) {
    return (
      <img
        className="sheet-picture"
        src={address}
        alt={`第 ${page.page} 页`}
        onLoad={(event) => event.currentTarget.setAttribute('data-drawn', 'true')}
        onError={() => setPictureFailed(true)}
      />
    );
  }
  return view.data === undefined ? null : <SheetDrawing view={view.data} pictureAddress={address} />;
}
