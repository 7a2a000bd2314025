#!/bin/sh
# Becomes the server named by its arguments, and ends that server when whoever started it is gone: standard input is a pipe that
# only the starting process holds, so the pipe ends however that process ends, kill -9 included. The pid stays the same throughout.
exec 3<&0 </dev/null
(
  cat <&3 >/dev/null
  kill -TERM $$ || exit 0
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    sleep 0.3
    kill -0 $$ || exit 0
  done
  kill -KILL $$
) >/dev/null 2>&1 &
exec 3<&-
exec "$@"
