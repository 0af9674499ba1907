#include "yaml/parse.h"
