import { useEffect, useRef, useState } from 'react';
import type { Job } from '../../../models/api/library.ts';

/** A browser opens six connections to a server at most; these are left for everything else. */
const most = 3;
let open = 0;
const waiting: (() => void)[] = [];

/** Calls `begin` when a place is free; the function that comes back gives the place up. */
function takePlace(begin: () => void): () => void {
  let state: 'waiting' | 'open' | 'given up' = 'waiting';
  const enter = () => {
    state = 'open';
    open++;
    begin();
  };
  if (open < most) enter();
  else waiting.push(enter);
  return () => {
    if (state === 'waiting') waiting.splice(waiting.indexOf(enter), 1);
    if (state === 'open') {
      open--;
      waiting.shift()?.();
    }
    state = 'given up';
  };
}

/** Follows a job by the server's events until its end. A lost connection is taken up again by the browser. */
export function useJob(jobId: number | null, onEnd: (job: Job) => void): Job | null {
  const [job, setJob] = useState<Job | null>(null);
  const end = useRef(onEnd);
  useEffect(() => {
    end.current = onEnd;
  });
  useEffect(() => {
    setJob(null);
    if (jobId === null) return;
    let close = () => {};
    const leave = takePlace(() => {
      const events = new EventSource(`/api/jobs/${jobId}/events`);
      close = () => events.close();
      events.addEventListener('job', (event) => {
        const next = JSON.parse(event.data) as Job;
        setJob(next);
        if (next.state === 'done' || next.state === 'failed' || next.state === 'cancelled') {
          events.close();
          leave();
          end.current(next);
        }
      });
    });
    return () => {
      close();
      leave();
    };
  }, [jobId]);
  return job;
}
