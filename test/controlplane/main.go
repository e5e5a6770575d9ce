// One program that plays every part of a small Kubernetes control plane; the first argument chooses the part.
// test/controlplane/start-control-plane.ts starts one process of it for each part.
package main

import (
	"fmt"
	"os"

	"k8s.io/component-base/cli"
	"k8s.io/component-base/logs"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	kubectl "k8s.io/kubectl/pkg/cmd"
	"k8s.io/kubectl/pkg/cmd/util"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	manager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
)

func main() {
	if len(os.Args) < 2 {
		fail(fmt.Errorf("say which part to play: certificates, etcd, compact, kube-apiserver, kube-controller-manager or kubectl"))
	}
	part := os.Args[1]
	os.Args = os.Args[1:]
	switch part {
	case "certificates":
		failOn(makeCertificates(os.Args[1:]))
	case "compact":
		failOn(compact(os.Args[1:]))
	case "etcd":
		failOn(runEtcd(os.Args[1:], parentGone()))
	case "kube-apiserver":
		dieWithParent()
		os.Exit(cli.Run(apiserver.NewAPIServerCommand()))
	case "kube-controller-manager":
		dieWithParent()
		os.Exit(cli.Run(manager.NewControllerManagerCommand()))
	case "kubectl":
		runKubectl()
	default:
		fail(fmt.Errorf("no part is called %q", part))
	}
}

// Of the same version as the server, so that a test has a client that is not ours.
func runKubectl() {
	logs.GlogSetter(kubectl.GetLogVerbosity(os.Args))
	if err := cli.RunNoErrOutput(kubectl.NewDefaultKubectlCommand()); err != nil {
		util.CheckErr(err)
	}
}

func failOn(err error) {
	if err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
