package main

import (
	"io"
	"os"
)

// parentGone is closed when standard input ends: the parent holds its other end, so the system closes it even
// when the parent was killed, on every platform.
func parentGone() <-chan struct{} {
	gone := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		close(gone)
	}()
	return gone
}

// The API server and the manager keep nothing on disk, so there is nothing to finish.
func dieWithParent() {
	gone := parentGone()
	go func() {
		<-gone
		os.Exit(0)
	}()
}
