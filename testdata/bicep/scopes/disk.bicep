param name string

resource disk 'Microsoft.Compute/disks@2024-03-02' = {
  name: name
  location: resourceGroup().location
}

output id string = disk.id
