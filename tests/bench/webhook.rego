# The storage rules of restorable as Rego: what `make bench-webhook` has Open Policy Agent evaluate.
# AKB101 to AKB111 on one object of Kubernetes' own kinds, with the same words, the classes that AKS
# brings along, what is exempt, and denials and warnings apart. Left out, to Rego's advantage: all other
# rules, unknown values, ranges, limits of lengths, and updates that do not make an object worse.
package admission

main := {
	"apiVersion": "admission.k8s.io/v1",
	"kind": "AdmissionReview",
	"response": response,
}

default response := {}

response := {
	"uid": input.request.uid,
	"allowed": true,
	"warnings": sort(warnings),
} if {
	not is_denied
}

response := {
	"uid": input.request.uid,
	"allowed": false,
	"status": {"code": 403, "reason": "Forbidden", "message": concat("\n", sort(denials))},
	"warnings": sort(warnings),
} if {
	is_denied
}

is_denied if count(denials) > 0

denials := {line | is_judged; some line in deny}

warnings := {line | is_judged; some line in warn}

is_judged if {
	not object.get(input.request, "namespace", "") in exempt_namespaces
	not startswith(object.get(input.request, ["userInfo", "username"], ""), extension_users)
}

exempt_namespaces := {"kube-system", "kube-node-lease", "kube-public", "dataprotection-microsoft"}

extension_users := "system:serviceaccount:dataprotection-microsoft:"

# --- What the cluster and the drivers are like

builtin_classes := {
	"default": {"provisioner": "disk.csi.azure.com", "sku": "StandardSSD_LRS"},
	"managed-csi": {"provisioner": "disk.csi.azure.com", "sku": "StandardSSD_LRS"},
	"managed-csi-premium": {"provisioner": "disk.csi.azure.com", "sku": "Premium_LRS"},
	"managed-csi-premium-v2": {"provisioner": "disk.csi.azure.com", "sku": "PremiumV2_LRS"},
	"managed": {"provisioner": "disk.csi.azure.com", "sku": "StandardSSD_LRS"},
	"managed-premium": {"provisioner": "disk.csi.azure.com", "sku": "Premium_LRS"},
	"azurefile": {"provisioner": "file.csi.azure.com"},
	"azurefile-premium": {"provisioner": "file.csi.azure.com"},
	"azurefile-csi": {"provisioner": "file.csi.azure.com"},
	"azurefile-csi-premium": {"provisioner": "file.csi.azure.com"},
	"azureblob-nfs-premium": {"provisioner": "blob.csi.azure.com"},
	"azureblob-fuse-premium": {"provisioner": "blob.csi.azure.com"},
	"local-csi": {"provisioner": "localdisk.csi.acstor.io"},
	"azuresan-csi": {"provisioner": "san.csi.azure.com"},
}

families := {
	"disk.csi.azure.com": "disk",
	"file.csi.azure.com": "files",
	"blob.csi.azure.com": "blob",
	"containerstorage.csi.azure.com": "container-storage",
	"san.csi.azure.com": "container-storage",
	"kubernetes.io/azure-disk": "in-tree-azure",
	"kubernetes.io/azure-file": "in-tree-azure",
	"kubernetes.io/no-provisioner": "none",
	"csi.hetzner.cloud": "other-platform",
	"csi.vsphere.vmware.com": "other-platform",
	"rancher.io/local-path": "other-platform",
}

family(driver) := families[driver]

family(driver) := "container-storage" if {
	not families[driver]
	endswith(driver, ".csi.acstor.io")
}

family(driver) := "other-platform" if {
	not families[driver]
	is_of_other_platform(driver)
}

family(driver) := "other" if {
	driver != ""
	not families[driver]
	not endswith(driver, ".csi.acstor.io")
	not is_of_other_platform(driver)
}

is_of_other_platform(driver) if {
	some ending in [".csi.aws.com", ".csi.openstack.org", ".csi.oraclecloud.com", ".csi.storage.gke.io"]
	endswith(driver, ending)
}

is_of_other_platform(driver) if startswith(driver, "kubernetes.io/")

unsupported_skus := {"premiumv2_lrs", "ultrassd_lrs"}

network_sources := {
	"cephfs", "fc", "flexVolume", "flocker", "glusterfs", "iscsi", "nfs", "portworxVolume", "quobyte", "rbd", "scaleIO",
	"storageos",
}

node_sources := {"hostPath", "local"}

skipped := {
	"files": {"id": "AKB106", "what": "an Azure Files share"},
	"blob": {"id": "AKB107", "what": "a blob container"},
	"container-storage": {"id": "AKB108", "what": "an Azure Container Storage volume"},
	"other": {"id": "AKB109", "what": "a volume of a driver that the backup does not know"},
}

# --- Parts of the object

it := input.request.object

kind := input.request.kind.kind

label := sprintf("%s %s", [kind, object.get(it, ["metadata", "name"], "without a name")])

pod_template := it if kind == "Pod"

pod_template := it.spec.jobTemplate.spec.template if kind == "CronJob"

pod_template := it.spec.template if {
	kind in {"DaemonSet", "Deployment", "Job", "ReplicaSet", "ReplicationController", "StatefulSet"}
}

pod_template := it.template if kind == "PodTemplate"

volumes := object.get(pod_template, ["spec", "volumes"], [])

claims contains {"label": label, "claim": it} if kind == "PersistentVolumeClaim"

claims contains {"label": sprintf("%s, claim template %s", [label, template.metadata.name]), "claim": template} if {
	kind == "StatefulSet"
	some template in it.spec.volumeClaimTemplates
}

claims contains {"label": sprintf("%s, volume %s", [label, volume.name]), "claim": volume.ephemeral.volumeClaimTemplate} if {
	some volume in volumes
	volume.ephemeral.volumeClaimTemplate
}

class_name(claim) := claim.metadata.annotations["volume.beta.kubernetes.io/storage-class"]

class_name(claim) := object.get(claim, ["spec", "storageClassName"], "default") if {
	not claim.metadata.annotations["volume.beta.kubernetes.io/storage-class"]
}

sku := object.get(it.parameters, key, "") if {
	some key in object.keys(it.parameters)
	lower(key) in {"skuname", "storageaccounttype"}
}

# --- Storage classes

deny contains sprintf("AKB101: %s provisions %s disks, which the backup skips", [label, sku]) if {
	kind == "StorageClass"
	it.provisioner in {"disk.csi.azure.com", "kubernetes.io/azure-disk"}
	lower(sku) in unsupported_skus
}

deny contains sprintf("AKB104: %s uses the in-tree provisioner %s, whose volumes the backup skips", [label, it.provisioner]) if {
	kind == "StorageClass"
	family(it.provisioner) == "in-tree-azure"
}

warn contains sprintf("%s: %s provisions %s by %s, and the backup skips them", [rule.id, label, rule.what, it.provisioner]) if {
	kind == "StorageClass"
	rule := skipped[family(it.provisioner)]
}

# --- Persistent volumes

deny contains sprintf("AKB102: %s uses the in-tree azureDisk plug-in, and the backup skips it", [label]) if {
	kind == "PersistentVolume"
	it.spec.azureDisk
}

deny contains sprintf("AKB103: %s uses the in-tree azureFile plug-in, and the backup skips it", [label]) if {
	kind == "PersistentVolume"
	it.spec.azureFile
}

warn contains sprintf("AKB105: %s is a volume of type %s, and the backup skips it", [label, source]) if {
	kind == "PersistentVolume"
	some source in object.keys(it.spec)
	source in (network_sources | node_sources)
}

warn contains sprintf("%s: %s is %s (%s), and the backup skips it", [rule.id, label, rule.what, it.spec.csi.driver]) if {
	kind == "PersistentVolume"
	rule := skipped[family(it.spec.csi.driver)]
}

deny contains sprintf("AKB110: %s is an Azure disk without a storageClassName, and the backup skips it", [label]) if {
	kind == "PersistentVolume"
	it.spec.csi.driver == "disk.csi.azure.com"
	object.get(it, ["spec", "storageClassName"], "") == ""
	not it.metadata.annotations["volume.beta.kubernetes.io/storage-class"]
}

# --- Claims

deny contains sprintf("AKB101: %s is on %s disks of the class %s, and the backup skips it", [each.label, class.sku, name]) if {
	some each in claims
	name := class_name(each.claim)
	class := builtin_classes[name]
	lower(class.sku) in unsupported_skus
}

warn contains sprintf("%s: %s gets %s from the class %s, and the backup skips it", [rule.id, each.label, rule.what, name]) if {
	some each in claims
	name := class_name(each.claim)
	rule := skipped[family(builtin_classes[name].provisioner)]
}

deny contains sprintf("AKB111: %s has an empty storageClassName, and the backup skips its volume", [each.label]) if {
	some each in claims
	class_name(each.claim) == ""
}

# --- Volumes that pods mount themselves

deny contains sprintf("AKB102: %s mounts volume %s by the in-tree azureDisk plug-in, and the backup skips it", [label, volume.name]) if {
	some volume in volumes
	volume.azureDisk
}

deny contains sprintf("AKB103: %s mounts volume %s by the in-tree azureFile plug-in, and the backup skips it", [label, volume.name]) if {
	some volume in volumes
	volume.azureFile
}

warn contains sprintf("AKB105: %s mounts volume %s by %s, and the backup skips it", [label, volume.name, source]) if {
	some volume in volumes
	some source in object.keys(volume)
	source in network_sources
}

warn contains sprintf("%s: %s mounts %s as volume %s, and the backup skips it", [rule.id, label, rule.what, volume.name]) if {
	some volume in volumes
	rule := skipped[family(volume.csi.driver)]
	rule.id != "AKB109"
}
