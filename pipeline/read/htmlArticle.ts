import { documentTarget, isLayoutTable } from './htmlFlow.ts';
import { looksOf, neverPrints, plainLooks, type StyleSheet } from './htmlStyle.ts';
import { attribute, type HtmlElement, type HtmlNode, isElement } from './htmlTree.ts';
import { pageTools } from './pageTools.ts';

/** Where the article stands on a page, and what of the page is never part of it. */
export interface Article {
  readonly root: HtmlElement;
  /** Navigation, footers, share buttons, lists of other articles. */
  readonly isFrame: (element: HtmlElement) => boolean;
}

/** Characters below an element: in links, outside of them, and how many sentences end. */
interface Weight {
  text: number;
  links: number;
  anchors: number;
  stops: number;
}

/**
 * Finds the article of a page. From the body down, the child that holds most of the text is taken as long as what is
 * left beside it is no part of a notice: no sentences, and after it no date, no attachment. Nothing is assumed of the
 * names that sites give to their elements, except for what names itself navigation or footer.
 */
export function findArticle(body: HtmlElement, sheet: StyleSheet): Article {
  const weights = weigh(body, sheet);
  const total = weights.get(body)?.text ?? 0;
  const frames = new WeakMap<HtmlElement, boolean>();
  const isFrame = (element: HtmlElement): boolean => {
    const known = frames.get(element);
    if (known !== undefined) return known;
    const weight = weights.get(element);
    // A frame of most of the page is the page (<div class="main-menu-open">).
    const frame =
      weight !== undefined && weight.text < total * 0.5 && (namedFrame(element) || isLinkList(element, weight));
    frames.set(element, frame);
    return frame;
  };
  const nets = netWeights(body, weights, isFrame);
  const net = (element: HtmlElement): Weight => nets.get(element) ?? nothing;
  let root = body;
  for (;;) {
    const children = root.childNodes.filter(
      (node): node is HtmlElement => isElement(node) && weights.has(node) && !isFrame(node),
    );
    const weighed = children.map((child) => ({ child, weight: net(child) }));
    const best = weighed.reduce<(typeof weighed)[number] | null>(
      (a, b) => (a === null || b.weight.text > a.weight.text ? b : a),
      null,
    );
    if (best === null || best.weight.text === 0 || !containers.has(best.child.tagName)) break;
    if (best.child.tagName === 'table' && !isLayoutTable(best.child)) break;
    const ownText = root.childNodes.some(
      (node) => node.nodeName === '#text' && 'value' in node && /[\p{Script=Han}]{2}/u.test(node.value),
    );
    const all = net(root).text;
    if (ownText || best.weight.text < all * 0.4) break;
    const at = children.indexOf(best.child);
    const lost = weighed.some(({ child, weight }, i) => child !== best.child && isSubstance(child, weight, i > at));
    if (lost) break;
    root = best.child;
  }
  return { root, isFrame };
}

const containers = new Set('div section article main center form body td tr tbody table span font'.split(' '));

/** What stands in the foot of a notice: dates, attachments, notes, the imprint (GB/T 9704-2012, 7.3.4 to 7.4). */
const noticeFoot =
  /\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[〇○零一二三四五六七八九]{4}年|附\s*件\s*[\d一二三四五六七八九十]{0,2}\s*[:：]|抄\s*送|印发|此件|公开(?:发布|属性|方式)|联\s*系\s*人/;

/** Whether a part beside the article would be missed. */
function isSubstance(element: HtmlElement, weight: Weight, after: boolean): boolean {
  if (weight.text === 0) return element.tagName === 'table' && weight.anchors === 0;
  const text = visibleText(element, 4_000);
  if (pageTools.foot.test(text)) return false;
  if (weight.stops > 0 && weight.text >= 15) return true;
  return after && noticeFoot.test(text) && !pageTools.published.test(text);
}

/** Elements that call themselves a frame of the page; the words are those of the systems that offices use. */
const frameName =
  /(?:^|[\s_-])(?:nav|navs|navbar|navi|navigation|topnav|menu|menus|submenu|footer|foot|footers|copyright|crumb|crumbs|breadcrumb|breadcrumbs|share|bdsharebuttonbox|bdshare|social|sidebar|aside|related|recommend|relation|relatedlink|toolbar|pagetools|search|searchbox|login|friendlink|friendlinks|yqlj|popup|modal|dialog|ewm|qrcode|mask|cookie|advert|ads|dqwz|wzdh|skip)(?:$|[\s_-]|\d)/i;

function namedFrame(element: HtmlElement): boolean {
  if (/^(?:nav|footer|aside)$/.test(element.tagName)) return true;
  if (/^(?:navigation|contentinfo|search|complementary|banner|dialog)$/.test(attribute(element, 'role') ?? ''))
    return true;
  return frameName.test(`${attribute(element, 'class') ?? ''} ${attribute(element, 'id') ?? ''}`);
}

/** Lists of links to other pages; links to documents are attachments. */
function isLinkList(element: HtmlElement, weight: Weight): boolean {
  if (!/^(?:ul|ol|dl|div|section|table|td|p)$/.test(element.tagName)) return false;
  return weight.anchors >= 4 && weight.links > 4 * weight.text && weight.stops === 0;
}

function weigh(body: HtmlElement, sheet: StyleSheet): Map<HtmlElement, Weight> {
  const weights = new Map<HtmlElement, Weight>();
  const visit = (element: HtmlElement, inLink: boolean): Weight => {
    const weight: Weight = { text: 0, links: 0, anchors: 0, stops: 0 };
    for (const child of element.childNodes) {
      if (child.nodeName === '#text' && 'value' in child) {
        const letters = child.value.match(/[\p{Script=Han}\dA-Za-z]/gu)?.length ?? 0;
        if (inLink) weight.links += letters;
        else {
          weight.text += letters;
          weight.stops += child.value.match(/[。；]/g)?.length ?? 0;
        }
      } else if (isElement(child) && !neverPrints(child) && !looksOf(child, plainLooks, sheet).hidden) {
        const target = child.tagName === 'a' ? (attribute(child, 'href') ?? '') : '';
        const link =
          child.tagName === 'a' && target !== '' && !documentTarget.test(target) && !/^(?:mailto|tel):/.test(target);
        const inner = visit(child, inLink || link);
        weight.text += inner.text;
        weight.links += inner.links;
        weight.anchors += inner.anchors + (link ? 1 : 0);
        weight.stops += inner.stops;
      }
    }
    weights.set(element, weight);
    return weight;
  };
  visit(body, false);
  return weights;
}

const nothing: Weight = { text: 0, links: 0, anchors: 0, stops: 0 };

/** Weights without the frames inside. */
function netWeights(
  body: HtmlElement,
  weights: ReadonlyMap<HtmlElement, Weight>,
  isFrame: (element: HtmlElement) => boolean,
): ReadonlyMap<HtmlElement, Weight> {
  const nets = new Map<HtmlElement, Weight>();
  const visit = (element: HtmlElement): Weight => {
    const net = { ...(weights.get(element) ?? nothing) };
    for (const child of element.childNodes) {
      const weight = isElement(child) ? weights.get(child) : undefined;
      if (!isElement(child) || weight === undefined) continue;
      const inner = isFrame(child) ? nothing : visit(child);
      net.text -= weight.text - inner.text;
      net.links -= weight.links - inner.links;
      net.stops -= weight.stops - inner.stops;
    }
    nets.set(element, net);
    return net;
  };
  visit(body);
  return nets;
}

function visibleText(element: HtmlElement, limit: number): string {
  let text = '';
  const stack: HtmlNode[] = [element];
  for (let node = stack.pop(); node !== undefined && text.length < limit; node = stack.pop()) {
    if (node.nodeName === '#text' && 'value' in node) text += node.value;
    else if (isElement(node) && !neverPrints(node))
      for (let i = node.childNodes.length - 1; i >= 0; i--) stack.push(node.childNodes[i]!);
  }
  return text;
}
