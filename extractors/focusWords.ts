import actions from './lexicon/actions.json' with { type: 'json' };

/** The words by which matters to be inspected are known: governing verbs, names of those concerned, headings of lists. */

const alternatives = (words: readonly string[]): string => [...words].sort((a, b) => b.length - a.length).join('|');
const strike = alternatives(actions.strike);
/** Nouns that sum up faults at the end of an enumeration: 等行为, 的问题; what is merely so (情况) is summed up by the longer list. */
export const faultNouns = '行为|情形|问题|现象|隐患';
export const matterNouns = `${faultNouns}|情况`;

/** 重点检查, 严厉打击; after a weak adverb (集中, 依法) only what strikes. */
export const action = new RegExp(
  `(?<!为|作为|列为|纳入)(?<action>(?:${alternatives(actions.strong)})(?:防范(?:和|、))?(?:${alternatives([...actions.inspect, ...actions.strike])})|(?:${alternatives(actions.lawful)})(?:${strike})|(?<weak>${alternatives(actions.weak)})(?:防范(?:和|、))?(?:${alternatives([...actions.inspect, ...actions.strike])})|${alternatives(actions.alone)})`,
  'gu',
);
/** 检查, 查处 at the head of a clause, perhaps behind 适时 or 要, without an adverb that makes it a matter of weight. */
export const bareAction =
  /(?<=^|[，,：:]\s?|^.{1,4}[、.．）)]\s?)(?:要|应|须)?(?<action>(?<bare>(?:适时|随机|适当|逐户)?(?:检查|排查|核查|抽查|巡查|查看|了解|关注|聚焦|查处|打击|整治|治理|纠正|清理|取缔)))(?!了|出(?![租借售具让])|是否|有无|结果|工作|情况|行动|中|时)/gu;
/** Of these only faults are said, with or without a word that shows one. */
export const striking = /查处|打击|整治|治理|纠正|取缔/u;
/** What makes a matter a fault. */
export const fault =
  /[未无](?!人机|偿)|没有|不(?!断|仅|但|少于|低于|得|同|限)|违规|违法|违章|违反|非法|擅自|私自|超[\u4e00-\u9fa5]|虚[假报构列开]|[伪变编]造|造假|假[冒劣]|冒[充用名]|骗|盗|套[取现]|倒卖|缺[失少乏]|损坏|破损|失效|失灵|过期|带病|堵塞|占[用压]|遮挡|锁闭|挪用|克扣|拖欠|截留|偷[排漏工]|泄漏|直排|挂靠|转包|出[租借].{0,4}证|打白条|串换|脱岗|空岗|倾倒|老化|锈蚀|夸大|劣质|假劣|不足|欺[骗诈]|误导|诱[导骗]|忽悠|混(?:乱|存|放|装|堆)|落空|失[管控]/u;
/** 重点检查对象, 重点关注品种名单: the verb is part of a name. */
export const nominal =
  /^(?:[（(]|以下|下列|如下|相?结合|对象|区域|品种|名单|工作|任务|力度|范围|机制|行动|台账|目录|清单|人群|部位|环节|领域|成效|成果|效果|整治|检查|和[\u4e00-\u9fa5]{2}(?:[，。；]|工作)|[，。；、”》）),;]|$|的|为|与|等|以下(?:工作|几)|情况|期间|结果|一批|并|有关规定|(?:面|率|比例|覆盖率?)(?:要|应|须|必须|均)*(?:达|不低|不少))/u;
export const subjectEnding =
  '(?:企业|单位|机构|平台|药店|门店|诊所|医院|卫生院|卫生室|学校|幼儿园|食堂|场所|经营者|生产者|使用者|经营户|商户|网站|公司|工厂|作坊|摊贩|摊点|超市|市场|宾馆|酒店|饭店|餐馆|加油站|加气站|工地|项目|部门|环节|领域|行业|车辆|船舶|用户|小区|养殖场|屠宰场|合作社|网点|站点|基地|仓库|矿山|煤矿|码头|港口|业户|农户|养殖户|居民户|总部|门市|车间|库房|医疗机构|主体|中介|物业|商场|影院|网吧|民宿|集市|农贸市场|园区)';
const bracketed = '(?:[（(][^（()）]{0,40}[）)])?';
export const leadSubject = new RegExp(
  `^(?:对|针对|在|辖区内?|全[市县区省])?(?<subject>(?!各|我|本)[^，。；：:、“”]{1,30}?(?:[、和及]+[^，。；：:“”、和及]{1,24}?)*${subjectEnding}(?:方面)?)${bracketed}\\s*[，,：:。]?\\s*(?:要|应|须|主要|应当)?$`,
  'u',
);
/** 任何单位和个人不得…: everybody is nobody in particular. */
export const everybody = /^任何(?:单位|组织|企业)(?:和|或者?|与|及|、)个人(?:都|均)?/u;
/** 瓶装气充装企业是否存在…, 外卖、快递企业未落实…: whom the behaviours that follow concern. */
const actorEnding =
  '(?:企业|单位|机构|平台|药店|门店|诊所|医院|学校|幼儿园|食堂|经营者|生产者|经营户|商户|公司|工厂|作坊|摊贩|超市|宾馆|酒店|饭店|加油站|工地|养殖场|屠宰场|合作社|业户|农户|养殖户|煤矿|矿山|中介|物业|商场|网吧|民宿)';
export const innerSubject = new RegExp(
  `^(?<subject>(?:[^，。；：:、“”《》（()）]{2,6}[、和及])?[^，。；：:、“”《》]{0,14}?${actorEnding})${bracketed}(?<ask>是否存在|是否有|存在)?(?=.{3})`,
  'u',
);

export const askedSubject = new RegExp(
  `^(?<subject>[^，。；：:是]{0,40}?(?:${actorEnding}|场所|经营者|人员))(?=等?(?:是否|有无|有没有))`,
  'u',
);

export const relativeTail = new RegExp(`的(?<subject>[^，。；、的]{0,16}${subjectEnding})$`, 'u');
/** Headings under which every paragraph is a matter to be inspected: 检查重点, 检查内容, 整治重点. */
export const listHeading =
  /(?:(?<verb>检查|排查|整治|治理|自查|督查|抽查|巡查|打击|执法|督导|核查)(?:的)?(?:重点|内容|事项|要点|方面)|重点(?<noun>检查|排查|整治|治理|督查|打击|抽查)?(?:内容|事项|问题|方面)|(?:(?<ban>严禁|禁止)|违法|违规|违法违规)(?:的|有?(?:下列|以下|从事)|下列)*(?:行为|事项|情形))/u;

/** 全面清理…的以下违法产品：, 检查以下内容：: a verb without an adverb announces a list, too. */
export const plainAction = new RegExp(
  `(?<verb>${alternatives([...actions.strike, ...actions.inspect.filter((verb) => verb.length > 1)])})[^，。；]{0,40}?(?:以下|下列|如下)[^，。；]{0,24}[：:]`,
  'u',
);
