resource "test" "crlf" {
  text = <<EOT
 one
  two
EOT
  flush = <<-EOT
    one
      two
    EOT
  list = [
    1, # first
    2
  ]
}