d = "x.auto.tfvars"
