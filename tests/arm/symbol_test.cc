// Trees as Bicep makes them: resources that are named by symbol.

#include "evaluation.h"

namespace restorable::arm {
namespace {

// Puts a template together by hand. Ranges do not matter here.
class Maker {
 public:
  NodeId Text(std::string_view text) { return Add(Literal{Value::String(text)}); }
  NodeId Int(std::int64_t number) { return Add(Literal{Value::Int(number)}); }
  NodeId Use(std::string_view symbol) { return Add(ResourceUse{NameOf(symbol)}); }
  NodeId Local(std::string_view name) { return Add(LocalUse{NameOf(name)}); }
  NodeId Get(NodeId object, std::string_view name, bool safe = false) {
    return Add(Property{object, NameOf(name), safe});
  }
  NodeId At(NodeId collection, NodeId index) { return Add(Index{collection, index, false, false}); }
  NodeId List(std::vector<NodeId> items) { return Add(Array{tree_->Add(items)}); }
  NodeId Map(std::vector<NodeId> items) { return Add(Object{tree_->Add(items)}); }
  NameId NameOf(std::string_view text) { return tree_->Add(Name{text, {}}); }

  Resource& AddResource(std::string_view symbol, std::string_view type, NodeId name) {
    Resource& resource = made_.resources.emplace_back();
    resource.symbol.text = symbol;
    resource.type = Text(type);
    resource.api_version = Text("1");
    resource.name = name;
    return resource;
  }

  Deployed Run() {
    made_.tree = tree_;
    return Deploy({.root = &made_}, nullptr, arena_, origins_, limits_);
  }

 private:
  NodeId Add(const Expression& expression) { return tree_->Add({}, expression); }

  std::shared_ptr<Tree> tree_ = std::make_shared<Tree>();
  Template made_;
  Arena arena_;
  OriginTable origins_;
  Limits limits_;
};

std::string PropertiesOf(const Deployed& deployed, std::string_view address) {
  for (const Instance& instance : deployed.instances) {
    const Value* const properties = instance.body.Find("properties");
    if (instance.address == address && properties != nullptr) return ToJson(*properties);
  }
  return "none";
}

TEST(Symbols, AreObjectsWithWhatIsConfigured) {
  Maker make;
  make.AddResource("a", "A.B/c", make.Text("n")).body =
      make.Map({make.Text("properties"), make.Map({make.Text("x"), make.Int(1)})});
  const auto properties = [&] { return make.Get(make.Use("a"), "properties"); };
  make.AddResource("b", "A.B/d", make.Text("m")).body = make.Map(
      {make.Text("properties"),
       make.Map({make.Text("id"), make.Get(make.Use("a"), "id"), make.Text("name"),
                 make.Get(make.Use("A"), "name"), make.Text("x"), make.Get(properties(), "X"),
                 make.Text("open"), make.Get(properties(), "y", /*safe=*/true)})});
  const Deployed deployed = make.Run();
  EXPECT_TRUE(deployed.diagnostics.empty());
  EXPECT_EQ(PropertiesOf(deployed, "b"),
            R"({"id":"/subscriptions/{subscription().subscriptionId}/resourceGroups/)"
            R"({resourceGroup().name}/providers/A.B/c/n","name":"n","x":1,)"
            R"("open":{"$unknown":"computed A.B/c/n"}})");
}

TEST(Symbols, OfALoopAreLists) {
  Maker make;
  Resource& pools = make.AddResource("pools", "A.B/pools", make.Local("item"));
  pools.body = make.Map({make.Text("properties"), make.Map({make.Text("i"), make.Local("i")})});
  pools.loop = Loop{.item = make.NameOf("item"),
                    .index = make.NameOf("i"),
                    .collection = make.List({make.Text("p"), make.Text("q")})};
  const NodeId second = make.At(make.Use("pools"), make.Int(1));
  make.AddResource("b", "A.B/d", make.Text("m")).body =
      make.Map({make.Text("properties"),
                make.Map({make.Text("i"), make.Get(make.Get(second, "properties"), "i"),
                          make.Text("name"), make.Get(second, "name")})});
  const Deployed deployed = make.Run();
  EXPECT_TRUE(deployed.diagnostics.empty());
  EXPECT_EQ(deployed.instances.size(), 3U);
  EXPECT_EQ(PropertiesOf(deployed, "pools[1]"), R"({"i":1})");
  EXPECT_EQ(PropertiesOf(deployed, "b"), R"({"i":1,"name":"q"})");
}

TEST(Symbols, OfParentsGiveIdsAndNames) {
  Maker make;
  Resource& vault = make.AddResource("vault", "A.B/vaults", make.Text("v"));
  vault.existing = true;
  Resource& policy = make.AddResource("policy", "A.B/vaults/policies", make.Text("p"));
  policy.parent = make.Use("vault");
  Resource& nested = make.AddResource("policy::rule", "rules", make.Text("r"));
  nested.within = 1;
  const Deployed deployed = make.Run();
  EXPECT_TRUE(deployed.diagnostics.empty());
  ASSERT_EQ(deployed.instances.size(), 2U);
  EXPECT_EQ(deployed.instances[0].name, "v/p");
  EXPECT_EQ(deployed.instances[1].name, "v/p/r");
  EXPECT_EQ(deployed.instances[1].type, "A.B/vaults/policies/rules");
  EXPECT_EQ(ToJson(*deployed.instances[1].body.Find("parent")),
            ToJson(*deployed.instances[0].body.Find("id")));
}

TEST(Symbols, ThatNameThemselvesEnd) {
  Maker make;
  make.AddResource("a", "A.B/c", make.Get(make.Use("a"), "kind")).body =
      make.Map({make.Text("kind"), make.Text("k")});
  make.AddResource("b", "A.B/c", make.Use("b"));
  const Deployed deployed = make.Run();
  EXPECT_EQ(deployed.instances.size(), 2U);
  EXPECT_FALSE(deployed.diagnostics.empty());
}

TEST(Symbols, OfModulesThatAreNotOnDiskGiveUnknowns) {
  Maker make;
  Resource& module = make.AddResource("m", "Microsoft.Resources/deployments", make.Text("m"));
  module.module = std::make_unique<Module>();
  module.module->link = make.Text("m.json");
  const NodeId output = make.Get(make.Get(make.Use("m"), "outputs"), "o");
  make.AddResource("b", "A.B/d", make.Text("n")).body =
      make.Map({make.Text("properties"), make.Map({make.Text("o"), output})});
  const Deployed missing = make.Run();
  EXPECT_EQ(PropertiesOf(missing, "b"), R"({"o":{"$unknown":"module-not-on-disk m.outputs.o"}})");
  EXPECT_EQ(missing.instances[0].kind, Instance::Kind::kModuleCall);
}

}  // namespace
}  // namespace restorable::arm
