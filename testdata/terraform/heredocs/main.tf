# A marker of `<<-` takes off the smallest indent; its end does not count.
locals { sku = "UltraSSD_LRS" }
resource "kubectl_manifest" "class" {
  yaml_body = <<-EOT
    kind: StorageClass
    parameters:
      skuName: ${local.sku}
    literal: $${sku}
  EOT
  plain = <<EOT
  kept
EOT
  loop = <<-EOT
    %{ for z in ["1", "2"] ~}
    - ${z}
    %{ endfor ~}
  EOT
  choice = "%{ if local.sku == "UltraSSD_LRS" }ultra%{ else }other%{ endif }"
  list   = [<<EOT
in a list
EOT
  ]
}
