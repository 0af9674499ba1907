module differential

go 1.24

require (
	github.com/google/cel-go v0.30.0
	k8s.io/apiserver v0.37.2
)
