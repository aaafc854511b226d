import { Button } from 'antd';
import type { Section } from '../../../models/index.ts';
import type { Choice } from './factCard.tsx';
import { flatSections } from './facts.ts';

/** The structure of a notice: headings that lead to their place, with the text beneath them. */
export function Outline({ sections, choice }: { readonly sections: readonly Section[]; readonly choice: Choice }) {
  if (sections.length === 0) return <p className="faint">这份公文没有分层次。</p>;
  const keys = new Map(flatSections(sections).map((section, index) => [section, `sections-${index}`]));
  return <Level sections={sections} keys={keys} choice={choice} />;
}

function Level({
  sections,
  keys,
  choice,
}: {
  readonly sections: readonly Section[];
  readonly keys: ReadonlyMap<Section, string>;
  readonly choice: Choice;
}) {
  return (
    <ul className="sections">
      {sections.map((section) => {
        const key = keys.get(section) ?? '';
        const name = `${section.number ?? ''}${section.title ?? section.text.slice(0, 30)}`;
        return (
          <li key={key}>
            <div className="section-row">
              <details open={section.level === 1}>
                <summary>{name}</summary>
                {section.text !== '' && <p>{section.text}</p>}
                {section.responsible.length > 0 && (
                  <p className="fact-small">责任单位 {section.responsible.join('、')}</p>
                )}
                {section.children.length > 0 && <Level sections={section.children} keys={keys} choice={choice} />}
              </details>
              {section.evidence.length > 0 && (
                <Button
                  size="small"
                  type="text"
                  className={choice.chosen === key ? 'section-place section-chosen' : 'section-place'}
                  aria-label={`到原文：${name.slice(0, 40)}`}
                  aria-pressed={choice.chosen === key}
                  data-fact={key}
                  onClick={() => choice.choose(key)}
                >
                  原文
                </Button>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
