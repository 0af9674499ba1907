#include "admission/kinds.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "resource/resource.h"

namespace restorable::admission {
namespace {

// Sources: the API reference of Kubernetes 1.34; the custom resource definitions of the projects. A
// webhook with matchPolicy Equivalent sees every version of a kind that it names one of.
constexpr ObjectKind kKinds[] = {
    // group, version, kind, plural, namespaced, custom
    {"", "v1", "Namespace", "namespaces", false, false},
    {"", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", true, false},
    {"", "v1", "PersistentVolume", "persistentvolumes", false, false},
    {"", "v1", "Pod", "pods", true, false},
    {"", "v1", "PodTemplate", "podtemplates", true, false},
    {"", "v1", "ReplicationController", "replicationcontrollers", true, false},
    {"", "v1", "ServiceAccount", "serviceaccounts", true, false},
    {"", "v1", "Service", "services", true, false},
    {"apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions", false,
     false},
    {"apps", "v1", "DaemonSet", "daemonsets", true, false},
    {"apps", "v1", "Deployment", "deployments", true, false},
    {"apps", "v1", "ReplicaSet", "replicasets", true, false},
    {"apps", "v1", "StatefulSet", "statefulsets", true, false},
    {"argoproj.io", "v1alpha1", "Application", "applications", true, true},
    {"authorization.azure.m.upbound.io", "v1beta1", "ManagementLock", "managementlocks", true,
     true},
    {"authorization.azure.m.upbound.io", "v1beta1", "RoleAssignment", "roleassignments", true,
     true},
    {"authorization.azure.m.upbound.io", "v1beta1", "TrustedAccessRoleBinding",
     "trustedaccessrolebindings", true, true},
    {"authorization.azure.upbound.io", "v1beta1", "ManagementLock", "managementlocks", false, true},
    {"authorization.azure.upbound.io", "v1beta1", "RoleAssignment", "roleassignments", false, true},
    {"authorization.azure.upbound.io", "v1beta1", "TrustedAccessRoleBinding",
     "trustedaccessrolebindings", false, true},
    {"batch", "v1", "CronJob", "cronjobs", true, false},
    {"batch", "v1", "Job", "jobs", true, false},
    {"compute.azure.com", "v1api20240302", "Disk", "disks", true, true},
    {"compute.azure.m.upbound.io", "v1beta1", "ManagedDisk", "manageddisks", true, true},
    {"compute.azure.upbound.io", "v1beta1", "ManagedDisk", "manageddisks", false, true},
    {"containerservice.azure.com", "v1api20231001", "ManagedCluster", "managedclusters", true,
     true},
    {"containerservice.azure.com", "v1api20231001", "ManagedClustersAgentPool",
     "managedclustersagentpools", true, true},
    {"containerservice.azure.com", "v1api20231001", "TrustedAccessRoleBinding",
     "trustedaccessrolebindings", true, true},
    {"containerservice.azure.m.upbound.io", "v1beta1", "KubernetesClusterNodePool",
     "kubernetesclusternodepools", true, true},
    {"containerservice.azure.m.upbound.io", "v1beta1", "KubernetesCluster", "kubernetesclusters",
     true, true},
    {"containerservice.azure.upbound.io", "v1beta1", "KubernetesClusterNodePool",
     "kubernetesclusternodepools", false, true},
    {"containerservice.azure.upbound.io", "v1beta1", "KubernetesCluster", "kubernetesclusters",
     false, true},
    {"containerstorage.azure.com", "v1", "StoragePool", "storagepools", true, true},
    {"dataprotection.azure.com", "v1api20231101", "BackupVault", "backupvaults", true, true},
    {"dataprotection.azure.com", "v1api20231101", "BackupVaultsBackupInstance",
     "backupvaultsbackupinstances", true, true},
    {"dataprotection.azure.com", "v1api20231101", "BackupVaultsBackupPolicy",
     "backupvaultsbackuppolicies", true, true},
    {"dataprotection.azure.m.upbound.io", "v1beta1", "BackupInstanceKubernetesCluster",
     "backupinstancekubernetesclusters", true, true},
    {"dataprotection.azure.m.upbound.io", "v1beta1", "BackupPolicyKubernetesCluster",
     "backuppolicykubernetesclusters", true, true},
    {"dataprotection.azure.m.upbound.io", "v1beta1", "BackupVault", "backupvaults", true, true},
    {"dataprotection.azure.upbound.io", "v1beta1", "BackupInstanceKubernetesCluster",
     "backupinstancekubernetesclusters", false, true},
    {"dataprotection.azure.upbound.io", "v1beta1", "BackupPolicyKubernetesCluster",
     "backuppolicykubernetesclusters", false, true},
    {"dataprotection.azure.upbound.io", "v1beta1", "BackupVault", "backupvaults", false, true},
    {"elasticsearch.k8s.elastic.co", "v1", "Elasticsearch", "elasticsearches", true, true},
    {"helm.toolkit.fluxcd.io", "v2", "HelmRelease", "helmreleases", true, true},
    {"infrastructure.cluster.x-k8s.io", "v1beta1", "AzureASOManagedCluster",
     "azureasomanagedclusters", true, true},
    {"infrastructure.cluster.x-k8s.io", "v1beta1", "AzureASOManagedClusterTemplate",
     "azureasomanagedclustertemplates", true, true},
    {"infrastructure.cluster.x-k8s.io", "v1beta1", "AzureASOManagedControlPlane",
     "azureasomanagedcontrolplanes", true, true},
    {"infrastructure.cluster.x-k8s.io", "v1beta1", "AzureASOManagedControlPlaneTemplate",
     "azureasomanagedcontrolplanetemplates", true, true},
    {"infrastructure.cluster.x-k8s.io", "v1beta1", "AzureASOManagedMachinePool",
     "azureasomanagedmachinepools", true, true},
    {"infrastructure.cluster.x-k8s.io", "v1beta1", "AzureASOManagedMachinePoolTemplate",
     "azureasomanagedmachinepooltemplates", true, true},
    {"infrastructure.cluster.x-k8s.io", "v1beta1", "AzureManagedControlPlane",
     "azuremanagedcontrolplanes", true, true},
    {"infrastructure.cluster.x-k8s.io", "v1beta1", "AzureManagedControlPlaneTemplate",
     "azuremanagedcontrolplanetemplates", true, true},
    {"infrastructure.cluster.x-k8s.io", "v1beta1", "AzureManagedMachinePool",
     "azuremanagedmachinepools", true, true},
    {"infrastructure.cluster.x-k8s.io", "v1beta1", "AzureManagedMachinePoolTemplate",
     "azuremanagedmachinepooltemplates", true, true},
    {"kafka.strimzi.io", "v1beta2", "KafkaNodePool", "kafkanodepools", true, true},
    {"kafka.strimzi.io", "v1beta2", "Kafka", "kafkas", true, true},
    {"kubernetesconfiguration.azure.com", "v1api20230501", "Extension", "extensions", true, true},
    {"monitoring.coreos.com", "v1", "Alertmanager", "alertmanagers", true, true},
    {"monitoring.coreos.com", "v1alpha1", "PrometheusAgent", "prometheusagents", true, true},
    {"monitoring.coreos.com", "v1", "Prometheus", "prometheuses", true, true},
    {"monitoring.coreos.com", "v1", "ThanosRuler", "thanosrulers", true, true},
    {"network.azure.com", "v1api20220701", "PrivateEndpoint", "privateendpoints", true, true},
    {"network.azure.m.upbound.io", "v1beta1", "PrivateEndpoint", "privateendpoints", true, true},
    {"network.azure.upbound.io", "v1beta1", "PrivateEndpoint", "privateendpoints", false, true},
    {"networking.k8s.io", "v1", "Ingress", "ingresses", true, false},
    {"postgresql.cnpg.io", "v1", "Cluster", "clusters", true, true},
    {"rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", false, false},
    {"snapshot.storage.k8s.io", "v1", "VolumeSnapshotClass", "volumesnapshotclasses", false, true},
    {"storage.azure.com", "v1api20230101", "StorageAccount", "storageaccounts", true, true},
    {"storage.azure.com", "v1api20230101", "StorageAccountsBlobServicesContainer",
     "storageaccountsblobservicescontainers", true, true},
    {"storage.azure.m.upbound.io", "v1beta1", "Account", "accounts", true, true},
    {"storage.azure.m.upbound.io", "v1beta1", "Container", "containers", true, true},
    {"storage.azure.upbound.io", "v1beta1", "Account", "accounts", false, true},
    {"storage.azure.upbound.io", "v1beta1", "Container", "containers", false, true},
    {"storage.k8s.io", "v1", "StorageClass", "storageclasses", false, false},
    {"storage.k8s.io", "v1", "VolumeAttributesClass", "volumeattributesclasses", false, false},
    {"velero.io", "v1", "Backup", "backups", true, true},
    {"velero.io", "v1", "BackupStorageLocation", "backupstoragelocations", true, true},
    {"velero.io", "v1", "Restore", "restores", true, true},
    {"velero.io", "v1", "Schedule", "schedules", true, true},
    {"velero.io", "v1", "VolumeSnapshotLocation", "volumesnapshotlocations", true, true},
};

}  // namespace

std::span<const ObjectKind> ObjectKinds() { return kKinds; }

std::vector<const ObjectKind*> ReviewedKinds(const policy::RuleSet& rules) {
  std::vector<const ObjectKind*> kinds;
  for (const ObjectKind& kind : kKinds) {
    const bool is_reviewed =
        rules.IsReviewed({.group = kind.group, .version = kind.version, .kind = kind.kind});
    if (is_reviewed) kinds.push_back(&kind);
  }
  return kinds;
}

std::string WebhookRules(const std::vector<const ObjectKind*>& kinds, bool custom) {
  std::map<std::tuple<bool, std::string_view, std::string_view, bool>, std::string> plurals;
  for (const ObjectKind* const kind : kinds) {
    if (kind->is_custom && !custom) continue;
    std::string& list = plurals[{kind->is_custom, kind->group, kind->version, kind->is_namespaced}];
    list.append(list.empty() ? "" : ", ").append(kind->plural);
  }
  std::string out;
  for (const auto& [key, list] : plurals) {
    const auto& [is_custom, group, version, is_namespaced] = key;
    out += fmt::format("- apiGroups: [\"{}\"]\n", group);
    out += fmt::format("  apiVersions: [{}]\n", version);
    out += "  operations: [CREATE, UPDATE]\n";
    out += fmt::format("  resources: [{}]\n", list);
    out += fmt::format("  scope: {}\n", is_namespaced ? "Namespaced" : "Cluster");
  }
  return out;
}

}  // namespace restorable::admission
