package main

import (
	"context"
	"flag"
	"fmt"
	"net/url"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/server/v3/embed"
)

// runEtcd serves until a signal comes or the parent is gone. It is the last part to stop, so it also removes the
// directory that all parts share.
func runEtcd(args []string, parentGone <-chan struct{}) error {
	flags := flag.NewFlagSet("etcd", flag.ContinueOnError)
	client := flags.String("client-url", "", "where clients connect")
	peer := flags.String("peer-url", "", "where peers would connect")
	data := flags.String("data-dir", "", "where etcd keeps its data")
	remove := flags.String("remove-on-exit", "", "a directory to remove at the end")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *remove != "" {
		defer os.RemoveAll(*remove)
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	// Ctrl-C in a terminal reaches the whole group: only the parent decides about the order.
	signal.Ignore(syscall.SIGINT)

	server, err := embedded(*client, *peer, *data)
	if err != nil {
		return err
	}
	defer server.Close()
	select {
	case <-parentGone:
	case <-signals:
	case err := <-server.Err():
		return err
	}
	return nil
}

func embedded(client, peer, data string) (*embed.Etcd, error) {
	clientURL, err := url.Parse(client)
	if err != nil {
		return nil, err
	}
	peerURL, err := url.Parse(peer)
	if err != nil {
		return nil, err
	}
	config := embed.NewConfig()
	config.Dir = data
	config.ListenClientUrls = []url.URL{*clientURL}
	config.AdvertiseClientUrls = []url.URL{*clientURL}
	config.ListenPeerUrls = []url.URL{*peerURL}
	config.AdvertisePeerUrls = []url.URL{*peerURL}
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	config.UnsafeNoFsync = true
	config.LogLevel = "warn"
	return embed.StartEtcd(config)
}

// API servers read from it how far was compacted, and then drop the snapshots of their caches too.
const compactedKey = "compact_rev_key"

// compact forgets every revision before the newest one: what is asked "since" an older one ends in 410 Gone.
func compact(args []string) error {
	flags := flag.NewFlagSet("compact", flag.ContinueOnError)
	endpoint := flags.String("client-url", "", "where etcd listens")
	if err := flags.Parse(args); err != nil {
		return err
	}
	client, err := clientv3.New(clientv3.Config{Endpoints: []string{*endpoint}, DialTimeout: 5 * time.Second})
	if err != nil {
		return err
	}
	defer client.Close()
	within, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	// What was read at the newest revision is forgotten too: this write makes a newer one.
	newest, err := client.Put(within, compactedKey, "0")
	if err != nil {
		return err
	}
	revision := newest.Header.Revision
	if _, err := client.Put(within, compactedKey, strconv.FormatInt(revision, 10)); err != nil {
		return err
	}
	if _, err := client.Compact(within, revision, clientv3.WithCompactPhysical()); err != nil {
		return err
	}
	fmt.Println(revision)
	return nil
}
