import { Alert, Button } from 'antd';
import { AskError } from '../api/ask.ts';
import { errorWords } from '../problemWords.ts';

/** An error in words, with what to do. */
export function ProblemAlert({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { what, todo } = errorWords(error);
  const signedOut = error instanceof AskError && error.problem?.code === 'UNAUTHORIZED';
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={what}
      description={todo}
      action={
        signedOut ? (
          <Button onClick={() => location.reload()}>重新登录</Button>
        ) : (
          onRetry && <Button onClick={onRetry}>重试</Button>
        )
      }
    />
  );
}
