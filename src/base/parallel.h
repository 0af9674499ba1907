#pragma once

#include <cstddef>
#include <functional>

namespace restorable {

// Runs body(i, worker) once for every i in [0, count), on `workers` threads (0: as many as the
// process may use), and returns when all are done. `worker` is in [0, workers). The body must not
// throw. With one worker it runs on the calling thread, in order.
void ParallelFor(std::size_t count, std::size_t workers,
                 const std::function<void(std::size_t index, std::size_t worker)>& body);

// The processors this process may use, at least 1.
[[nodiscard]] std::size_t AvailableProcessors();

}  // namespace restorable
