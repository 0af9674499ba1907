var directory = 'data'
var settings = loadYamlContent('data/settings.yaml')

resource disk 'Microsoft.Compute/disks@2024-03-02' = {
  name: loadTextContent('${directory}/name.txt')
  sku: loadJsonContent('data/disk.json', '$.skus[1]')
  tags: settings.tags
  properties: {
    script: loadFileAsBase64('data/name.txt')
    all: loadJsonContent('data/disk.json').skus[0].name
    files: map(loadDirectoryFileInfo('data', '*.json'), f => f.relativePath)
    missing: loadTextContent('data/missing.txt')
    broken: loadJsonContent('data/name.txt')
    outside: loadTextContent('../outside.txt')
    symbol: nameof(settings.tags)
  }
}
