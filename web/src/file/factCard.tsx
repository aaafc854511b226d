import { Tag } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import type { DoubtfulLine, Evidence } from '../../../models/index.ts';
import { Readings } from './differences.tsx';
import { confidenceOf, otherReadings } from './facts.ts';

export interface Choice {
  readonly chosen: string | null;
  readonly turn: number;
  readonly choose: (key: string) => void;
  /** Lines of the file that were read in two ways, or not well. */
  readonly doubtful: readonly DoubtfulLine[];
}

/** Below this a person should look. */
const lowConfidence = 0.8;

interface FactCardProps {
  readonly id: string;
  readonly evidence: readonly Evidence[];
  readonly choice: Choice;
  /** What is said of a fact that has no place. */
  readonly unplaced?: string;
  readonly children: ReactNode;
}

/** A fact as a button that leads to its place; what has no place says so. */
export function FactCard({ id, evidence, choice, unplaced = '原文中没有直接写明', children }: FactCardProps) {
  const card = useRef<HTMLButtonElement>(null);
  const isChosen = choice.chosen === id;
  const { turn } = choice;
  useEffect(() => {
    const pane = card.current?.closest('.facts');
    // On a phone the facts are beneath the document: there the reader wants to see the place, not the card.
    if (isChosen && turn > 0 && pane && pane.clientHeight < innerHeight)
      card.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen, turn]);
  const confidence = confidenceOf(evidence);
  if (confidence === null) {
    return (
      <div className="fact">
        {children}
        {unplaced !== '' && <span className="faint">　{unplaced}</span>}
      </div>
    );
  }
  return (
    <button
      ref={card}
      type="button"
      className={isChosen ? 'fact fact-chosen' : 'fact'}
      aria-pressed={isChosen}
      data-fact={id}
      onClick={() => choice.choose(id)}
    >
      {children}
      {confidence < lowConfidence && (
        <Tag color="orange" className="after">
          把握 {Math.round(confidence * 100)}%，请核对
        </Tag>
      )}
      {otherReadings(evidence, choice.doubtful).map(
        ({ page, text, alternative }) =>
          alternative !== null && (
            <span key={`${page} ${text}`} className="two-readings">
              <Tag color="orange">两次识别不一致</Tag>
              <Readings text={text} alternative={alternative} />
            </span>
          ),
      )}
    </button>
  );
}
