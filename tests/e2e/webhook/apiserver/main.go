// A Kubernetes API server with an etcd of its own, in one process, for tests.
//
//	apiserver DIRECTORY ETCD_PORT PEER_PORT FLAG...
//
// Keeps its data in DIRECTORY; the flags are those of kube-apiserver. All on the loopback interface.
package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"go.etcd.io/etcd/server/v3/embed"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

func startEtcd(directory, clientPort, peerPort string) (string, error) {
	client := url.URL{Scheme: "http", Host: "127.0.0.1:" + clientPort}
	peer := url.URL{Scheme: "http", Host: "127.0.0.1:" + peerPort}
	configuration := embed.NewConfig()
	configuration.Dir = filepath.Join(directory, "etcd")
	configuration.LogLevel = "error"
	configuration.UnsafeNoFsync = true
	configuration.ListenClientUrls = []url.URL{client}
	configuration.AdvertiseClientUrls = []url.URL{client}
	configuration.ListenPeerUrls = []url.URL{peer}
	configuration.AdvertisePeerUrls = []url.URL{peer}
	configuration.InitialCluster = configuration.InitialClusterFromName(configuration.Name)
	server, err := embed.StartEtcd(configuration)
	if err != nil {
		return "", err
	}
	<-server.Server.ReadyNotify()
	return client.String(), nil
}

func main() {
	if len(os.Args) < 4 {
		fmt.Fprintln(os.Stderr, "usage: apiserver DIRECTORY ETCD_PORT PEER_PORT FLAG...")
		os.Exit(2)
	}
	etcd, err := startEtcd(os.Args[1], os.Args[2], os.Args[3])
	if err != nil {
		fmt.Fprintln(os.Stderr, "etcd:", err)
		os.Exit(1)
	}
	command := app.NewAPIServerCommand()
	command.SetArgs(append([]string{"--etcd-servers=" + etcd}, os.Args[4:]...))
	if err := command.Execute(); err != nil {
		os.Exit(1)
	}
}
