import type { ChosenNotices } from './chooseNotices.ts';

export interface ExportFacts extends ChosenNotices {
  readonly isMasked: boolean;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** What an export says of itself, in every format. */
export function aboutLines({ notices, leftOut, isMasked, at }: ExportFacts): readonly string[] {
  const restricted = notices.filter((notice) => notice.restricted).length;
  return [
    '红头公文库导出',
    `导出时间：${at}（UTC）`,
    `公文${notices.length}份`,
    leftOut === 0
      ? '没有因密级或公开属性而未导出的公文'
      : `另有${leftOut}份标有密级或不予公开，未导出；确需导出的，请逐份指明编号`,
    ...(restricted === 0 ? [] : [`其中${restricted}份标有密级或不予公开，系逐份指明导出，请按规定保管`]),
    ...(isMasked ? ['电话号码和电子邮箱已遮盖；原件不作改动'] : []),
  ];
}
