import { Spin } from 'antd';
import { lazy, Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { AppLayout } from './appLayout.tsx';
import { NothingHere } from './parts/nothingHere.tsx';

const HomePage = lazy(async () => ({ default: (await import('./pages/homePage.tsx')).HomePage }));
const UploadPage = lazy(async () => ({ default: (await import('./upload/uploadPage.tsx')).UploadPage }));
const LibraryPage = lazy(async () => ({ default: (await import('./library/libraryPage.tsx')).LibraryPage }));
const FilePage = lazy(async () => ({ default: (await import('./file/filePage.tsx')).FilePage }));
const CampaignsPage = lazy(async () => ({ default: (await import('./pages/campaignsPage.tsx')).CampaignsPage }));
const CampaignPage = lazy(async () => ({ default: (await import('./campaign/campaignPage.tsx')).CampaignPage }));
const ComparePage = lazy(async () => ({ default: (await import('./compare/comparePage.tsx')).ComparePage }));
const MatrixPage = lazy(async () => ({ default: (await import('./matrix/matrixPage.tsx')).MatrixPage }));
const TemplatesPage = lazy(async () => ({ default: (await import('./pages/templatesPage.tsx')).TemplatesPage }));

/** The pages and their addresses; each is loaded when it is first opened. */
export function App() {
  return (
    <BrowserRouter>
      <AppLayout>
        <Suspense fallback={<Spin className="page-spin" description="正在打开…" />}>
          <Routes>
            <Route path="/" element={<HomePage />} />
            <Route path="/upload" element={<UploadPage />} />
            <Route path="/library" element={<LibraryPage />} />
            <Route path="/files/:fileId" element={<FilePage />} />
            <Route path="/files/:fileId/:noticeId" element={<FilePage />} />
            <Route path="/campaigns" element={<CampaignsPage />} />
            <Route path="/campaigns/:campaignId" element={<CampaignPage />} />
            <Route path="/compare" element={<ComparePage />} />
            <Route path="/matrix" element={<MatrixPage />} />
            <Route path="/templates" element={<TemplatesPage />} />
            <Route path="/templates/:fileId/:noticeId" element={<TemplatesPage />} />
            <Route path="*" element={<NothingHere />} />
          </Routes>
        </Suspense>
      </AppLayout>
    </BrowserRouter>
  );
}
