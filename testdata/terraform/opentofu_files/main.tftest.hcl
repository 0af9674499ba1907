run "test" { command = plan }
