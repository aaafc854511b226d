import { Menu } from 'antd';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { Link, useLocation } from 'react-router';

const pages = [
  ['/', '首页'],
  ['/upload', '上传'],
  ['/library', '文件库'],
  ['/campaigns', '专项行动'],
  ['/compare', '比对'],
  ['/templates', '报表模板'],
] as const;

const items = pages.map(([address, name]) => ({ key: address, label: <Link to={address}>{name}</Link> }));

/** Which page of the menu an address belongs to. */
function menuKey(pathname: string): string {
  if (pathname.startsWith('/files/')) return '/library';
  if (pathname.startsWith('/matrix')) return '/compare';
  return pages.findLast(([address]) => pathname.startsWith(address))?.[0] ?? '/';
}

/** The red head with the menu, and the page beneath it. */
export function AppLayout({ children }: { readonly children: ReactNode }) {
  const { pathname } = useLocation();
  const key = menuKey(pathname);
  useEffect(() => {
    const name = pages.find(([address]) => address === key)?.[1];
    document.title = `${name ?? '公文库'} · 红头`;
  }, [key]);
  return (
    <div className="app">
      <a className="skip" href="#main">
        跳到正文
      </a>
      <header className="app-head">
        <Link to="/" className="app-name">
          红头
        </Link>
        <nav aria-label="主菜单">
          <Menu mode="horizontal" selectedKeys={[key]} items={items} disabledOverflow />
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
