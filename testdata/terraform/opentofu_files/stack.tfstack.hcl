component "c" {}
