#include "cel/environment.h"
