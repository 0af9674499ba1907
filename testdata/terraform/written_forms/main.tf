// Names with dashes, letters of other languages, and blocks that say nothing of what is created.
variable "node-size" {
  type    = tuple([string, number])
  default = ["Standard_D4s_v5", "3"]
}

locals {
  node-count = 5
  größe      = "klein"
  true       = "a word"
}

resource "test" "names" {
  size    = var.node-size[0]
  count_  = var.node-size[1] + 1
  less    = local.node-count-1 // a name of its own
  minus   = local.node-count - 1
  größe   = local.größe
  word    = local.true
  inline  = /* the first */ [1, /* the
  second */ 2]
  numeric = { 1 = "one", true = "yes", "two" = 2, (local.größe) : 3 }
}

resource "null_resource" "after" {
  triggers = { size = local.größe }
}
resource "terraform_data" "kept" {
  input            = local.node-count
  triggers_replace = [null_resource.after.triggers.size]
}
resource "test" "references" {
  size  = null_resource.after.triggers["size"]
  count = terraform_data.kept.input - 4
  next  = terraform_data.kept.output
}

action "test_run" "once" {
  config {
    size = local.größe
  }
}
list "test" "all" {
  provider = test
}
