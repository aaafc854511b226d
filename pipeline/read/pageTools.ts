/** Texts that a site prints around an article, and never an office in a notice. */
export const pageTools = {
  /** Of the foot of a site. */
  foot: /版权所有|ICP\s*备|公网安备|网站标识码|网站地图|技术支持\s*[:：]|建议使用.{0,20}浏览器|您访问的链接即将离开|主办单位?\s*[:：].{0,60}承办|Copyright/i,
  /** Of the line under a headline. */
  published: /(?:发布|更新|发表)(?:时间|日期)|来源\s*[:：]|浏览(?:次数|量)|阅读(?:次数|量)|点击(?:数|次数|量)/,
} as const;

/** Buttons: a line of nothing but these is no text. */
const buttons =
  '打印|打印本页|打印此页|我要打印|关闭|关闭窗口|关闭本页|关闭页面|收藏|收藏本页|返回|返回顶部|返回首页|返回列表|分享|分享到|微信|微博|QQ空间|QQ|大|中|小|特大|默认|字体|字号|纠错|我要纠错|朗读|语音播报|语音阅读|播报|下载|下载文字版|下载图片版|下载PDF|下载Word|保存|二维码|无障碍|无障碍浏览|无障碍阅读|长者模式|适老化|繁体|简体|首页|网站首页|A\\+|A-|A|\\+|-|TOP|邮箱|手机版|导出|复制链接|点赞|评论';
const buttonRow = new RegExp(
  `^(?:[\\s\\[\\]【】（）()|｜:：/、·,，>»]*(?:${buttons})(?![\\p{L}\\d]))+[\\s\\[\\]【】（）()|｜:：/、·,，>»]*$`,
  'iu',
);

const toolLines: readonly RegExp[] = [
  /^[[【（(]?\s*(?:字体|字号)(?:大小)?\s*[:：]/,
  /^(?:您(?:现在)?(?:所在|当前)?的?(?:所在)?位置|当前位置|现在位置|您的位置|所在位置)\s*(?:是)?\s*[:：>]/,
  /^(?:网站)?首页\s*[>»＞›/-]/,
  /^(?:扫一扫|扫码|用微信扫|手机扫)/,
  /^(?:分享到|分享至|分享)\s*[:：]/,
  /^打印本页|^关闭窗口/,
  /^(?:责任编辑|责编|编辑|审核|校对|初审|复审|终审)\s*[:：]\s*[\p{Script=Han}A-Za-z\s]{0,12}$/u,
];

/** After these, other articles follow. */
const otherArticles =
  /^(?:上一篇|下一篇|上一条|下一条|上篇|下篇|上一页|下一页)\s*[:：]?|^[【[]?(?:相关(?:链接|文章|信息|解读|阅读|报道|稿件|政策|新闻|文档|内容)|解读链接|延伸阅读|热点推荐|推荐阅读|猜你喜欢)[】\]]?\s*[:：]?/;

/** Whether a short line is a tool of the page. */
export function isPageTool(text: string): boolean {
  const line = text.trim();
  if (line.length > 120) return false;
  return (
    buttonRow.test(line) ||
    toolLines.some((pattern) => pattern.test(line)) ||
    (line.length < 120 && pageTools.foot.test(line) && !/[。；]/.test(line))
  );
}

/** Whether the line introduces other articles. */
export function isOtherArticle(text: string): boolean {
  const line = text.trim();
  return line.length < 150 && otherArticles.test(line);
}
