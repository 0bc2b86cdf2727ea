#include "layers/profile.hpp"
