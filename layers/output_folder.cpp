#include "layers/output_folder.hpp"
