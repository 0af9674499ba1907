#pragma once

#include "resource/resource.h"
