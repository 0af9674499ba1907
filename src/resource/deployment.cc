#include "resource/deployment.h"
