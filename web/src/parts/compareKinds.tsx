import { Segmented } from 'antd';
import { useNavigate } from 'react-router';

/** The two ways of comparing: a pair, or one against many. */
export function CompareKinds({
  value,
  upper,
}: {
  readonly value: '/compare' | '/matrix';
  /** The notice that goes along to the other page. */
  readonly upper: string | null;
}) {
  const navigate = useNavigate();
  const parameter = value === '/compare' ? 'upper' : 'left';
  return (
    <Segmented
      aria-label="比对方式"
      value={value}
      onChange={(page) => {
        void navigate(upper === null ? page : `${page}?${parameter}=${upper}`);
      }}
      options={[
        { value: '/compare', label: '两份比对' },
        { value: '/matrix', label: '一对多：落实矩阵' },
      ]}
    />
  );
}
