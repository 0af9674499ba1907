#pragma once

namespace restorable {

// Makes one visitor for std::visit out of an arm for each alternative.
template <typename... Arms>
struct Overloaded : Arms... {
  using Arms::operator()...;
};
template <typename... Arms>
Overloaded(Arms...) -> Overloaded<Arms...>;

}  // namespace restorable
