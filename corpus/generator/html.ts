import iconv from 'iconv-lite';
import { noticeMarkup } from './htmlNotice.ts';
import { type SeededRandom, seededRandom } from './seededRandom.ts';
import type { NoticeSpec } from './spec.ts';

export interface HtmlOptions {
  /** Decides the manner of the site: its frame, its metadata, its markup, its encoding. */
  readonly seed: number;
}

/**
 * A notice as the page of a government site: among navigation, buttons, other articles and a footer; with the table of
 * 《政府信息公开目录系统实施指引》 over it on half of the sites; in UTF-8 or GB18030.
 */
export function renderHtml(spec: NoticeSpec, options: HtmlOptions): Uint8Array {
  const random = seededRandom(options.seed);
  const site = { name: `${random.pick(places)}人民政府`, gbk: random.chance(0.25) };
  const withTable = random.chance(0.5);
  // With a metadata table some sites leave the head of the notice out of the article.
  const article = noticeMarkup(spec, {
    random,
    withoutHead: withTable && isPlainHead(spec) && random.chance(0.4),
  });
  const page = random.pick([oldPage, dividedPage, listedPage, barePage])({
    spec,
    site,
    article,
    random,
    metadata: withTable ? metadataPairs(spec, random) : null,
  });
  return site.gbk ? iconv.encode(page, 'GB18030') : Buffer.from(page);
}

/** A notice as a page made to be printed: nothing but the notice, on A4, attachments on new sheets. */
export function renderPrintHtml(spec: NoticeSpec, options: HtmlOptions): Uint8Array {
  const random = seededRandom(options.seed);
  const { head: above, body } = noticeMarkup(spec, { random, withoutHead: false });
  const style = `@page { size: A4; margin: 37mm 26mm 35mm 28mm } body { font: 16pt/28pt 'Noto Serif CJK SC', serif } p { margin: 0 } td { padding: 2pt 4pt; font-size: 11pt }`;
  const title = `<p style="text-align:center;font-size:22pt;line-height:36pt">${spec.title.join('<br>')}</p>`;
  return Buffer.from(
    `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${titleOf(spec)}</title><style>${style}</style></head><body>\n${above}\n${title}\n${body}\n</body></html>`,
  );
}

const places = ['青溪县', '云岭市', '白石区', '松江镇', '临渡县'] as const;

interface PageParts {
  readonly spec: NoticeSpec;
  readonly site: { readonly name: string; readonly gbk: boolean };
  readonly article: { readonly head: string; readonly body: string };
  readonly random: SeededRandom;
  readonly metadata: readonly (readonly [name: string, value: string])[] | null;
}

/** Nothing over the title but one body and a number. */
function isPlainHead(spec: NoticeSpec): boolean {
  return (
    spec.letterhead?.bodies.length === 1 &&
    [spec.copyNumber, spec.securityLevel, spec.urgency, spec.signer].every((text) => text === null)
  );
}

const titleOf = (spec: NoticeSpec): string => spec.title.join('');
const links = (texts: readonly string[]): string =>
  texts.map((text, i) => `<li><a href="/c${i}/index.html">${text}</a></li>`).join('\n');
const menu = ['首页', '政务公开', '办事服务', '互动交流', '走进我们', '数据开放'];
const others = [
  '关于做好汛期值班值守工作的通知',
  '2025年部门预算公开',
  '关于公开招聘工作人员的公告',
  '一图读懂：校园食品安全',
  '关于表彰先进集体的决定',
];

function metadataPairs(spec: NoticeSpec, random: SeededRandom): [string, string][] {
  const pairs: [string, string][] = [
    ['索 引 号', `${random.integer(100_000_000, 999_999_999)}/2025-${random.integer(10_000, 99_999)}`],
  ];
  const body = spec.letterhead?.bodies[0] ?? spec.signatories[0];
  if (body !== undefined) pairs.push([random.pick(['发文机关', '发布机构']), body]);
  if (spec.documentNumber !== null) pairs.push([random.pick(['发文字号', '文　　号']), spec.documentNumber]);
  if (spec.date !== null) pairs.push(['成文日期', spec.date]);
  pairs.push([random.pick(['标　　题', '信息名称']), titleOf(spec)]);
  pairs.push(['主题分类', '综合政务'], ['有 效 性', '有效']);
  return pairs;
}

function head({ spec, site, random }: PageParts, style = ''): string {
  const meta = random.chance(0.7)
    ? `<meta name="SiteName" content="${site.name}"><meta name="ArticleTitle" content="${titleOf(spec)}"><meta name="PubDate" content="2025-05-12 09:30"><meta name="ContentSource" content="${site.name}办公室">`
    : '';
  return `<head>\n<meta http-equiv="Content-Type" content="text/html; charset=${site.gbk ? 'gb2312' : 'utf-8'}">\n<title>${titleOf(spec)}${random.pick(['_', ' - ', '|'])}${site.name}</title>\n${meta}\n<style>.none{display:none}${style}</style>\n<script>var pageTitle = "${site.name}";</script>\n</head>`;
}

function foot({ site }: PageParts): string {
  return `<p>主办单位：${site.name}办公室　承办单位：政务信息中心　联系电话：0000-1234567</p><p>网站标识码：0000000001　ICP备00000001号　公网安备 00000000000001号</p><p>建议使用1024*768分辨率浏览器浏览本网站</p>`;
}

const tools =
  '【字体：<a href="javascript:;">大</a> <a href="javascript:;">中</a> <a href="javascript:;">小</a>】　<a href="javascript:print()">打印</a>　<a href="javascript:close()">关闭</a>';

function neighbours(): string {
  return `<div class="prev">上一篇：<a href="/a1.html">${others[0]}</a></div>\n<div class="next">下一篇：<a href="/a2.html">${others[2]}</a></div>\n<div><h4>相关链接</h4><ul>${links(others)}</ul></div>`;
}

function metadataTable(pairs: readonly (readonly [string, string])[]): string {
  const rows: string[] = [];
  for (let i = 0; i < pairs.length; i += 2) {
    const cells = pairs
      .slice(i, i + 2)
      .map(([name, value]) => `<td class="n"><b>${name}：</b></td><td class="v">${value}</td>`);
    rows.push(`<tr>${cells.join('')}</tr>`);
  }
  return `<table class="xxgk" width="100%" border="0">\n${rows.join('\n')}\n</table>`;
}

/** Laid out with tables, as sites before 2010 are. */
function oldPage(parts: PageParts): string {
  const { spec, site, article, metadata } = parts;
  return `<html>${head(parts)}<body bgcolor="#FFFFFF">
<table width="1000" align="center"><tr><td><img src="/images/top.jpg" width="1000" height="150" alt="${site.name}"></td></tr>
<tr><td>${menu.map((text, i) => `<a href="/m${i}/">${text}</a>`).join(' | ')}</td></tr></table>
<table width="1000" align="center"><tr><td>您现在的位置：<a href="/">首页</a> &gt; <a href="/m1/">政务公开</a> &gt; 正文</td></tr></table>
<table width="1000" align="center" cellpadding="0"><tr><td valign="top">
${metadata === null ? '' : metadataTable(metadata)}
<table width="98%"><tr><td align="center" style="font-size:24px;font-weight:bold">${spec.title.join('<br>')}</td></tr>
<tr><td align="center">发布时间：2025-05-12　来源：${site.name}办公室　浏览次数：128　${tools}</td></tr>
<tr><td>${article.head}${article.body}</td></tr></table>
</td></tr></table>
${neighbours()}
<table width="1000" align="center"><tr><td align="center">${foot(parts)}</td></tr></table>
</body></html>`;
}

function dividedPage(parts: PageParts): string {
  const { spec, site, article, metadata } = parts;
  return `<!DOCTYPE html>\n<html lang="zh-CN">${head(parts, '.art-title{text-align:center;font-size:28px}')}<body>
<div class="header"><div class="logo"><a href="/"><img src="/logo.png" alt="${site.name}"></a></div><div class="search-box"><input name="q"><button>搜索</button></div></div>
<div class="nav"><ul>${links(menu)}</ul></div>
<div class="main"><div class="crumb">当前位置：<a href="/">首页</a>&gt;<a href="/m1/">政务公开</a>&gt;<a href="/m2/">文件</a></div>
${metadata === null ? '' : `<div class="info">${metadata.map(([name, value]) => `<p><span>${name}：</span><span>${value}</span></p>`).join('\n')}</div>`}
<h1 class="art-title">${titleOf(spec)}</h1>
<div class="art-info"><span>发布日期：2025-05-12 09:30</span> <span>来源：${site.name}办公室</span> ${tools}</div>
<div class="share bdsharebuttonbox">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<div id="zoom" class="TRS_Editor">${article.head}${article.body}</div>
${neighbours()}
<div class="qrcode"><img src="/qr.png" width="120"><p>扫一扫在手机打开当前页</p></div></div>
<div class="none"><p>您访问的链接即将离开“${site.name}”门户网站，是否继续？</p></div>
<div class="footer">${foot(parts)}</div></body></html>`;
}

function listedPage(parts: PageParts): string {
  const { spec, article, metadata } = parts;
  const list = (metadata ?? []).map(([name, value]) => `<li><strong>[${name}]</strong> ${value}</li>`).join('\n');
  return `<!doctype html><html>${head(parts)}<body>
<header><ul>${links(menu)}</ul></header>
<section class="wrap"><aside><h3>栏目导航</h3><ul>${links(others)}</ul></aside>
<article>${list === '' ? '' : `<ul class="base">${list}</ul>`}
<h2>${titleOf(spec)}</h2>
<div class="content">${article.head}${article.body}</div>
<p>责任编辑：admin</p><p>【打印本页】【关闭窗口】</p></article></section>
<footer>${foot(parts)}</footer></body></html>`;
}

/** As an office system or a word processor saves it: nothing but the notice. */
function barePage(parts: PageParts): string {
  const { spec, article, metadata, random } = parts;
  // Some editors paste the notice under its headline, number and all.
  const titleFirst = random.chance(0.2);
  const title = random.chance(0.5)
    ? `<h1 align="center">${spec.title.join('<br>')}</h1>`
    : `<p align="center"><b><span style="font-size:22pt">${spec.title.join('<br>')}</span></b></p>`;
  return `<html>${head(parts)}<body lang="ZH-CN">\n${metadata === null ? '' : metadataTable(metadata)}\n${titleFirst ? title + article.head : article.head + title}\n${article.body}\n</body></html>`;
}
