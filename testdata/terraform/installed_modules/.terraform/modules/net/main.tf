variable "name" {}
resource "test" "subnet" {
  name = "subnet-${var.name}"
}
output "id" {
  value = test.subnet.id
}
