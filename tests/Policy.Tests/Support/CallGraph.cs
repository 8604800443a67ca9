using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace NuCypher.P2P.Policy.Tests.Support;

/// <summary>Which method of a compiled assembly calls or names which other, read from its instructions.</summary>
internal sealed class CallGraph
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value & 0xffff);

    private readonly Dictionary<string, HashSet<string>> _calls = new(StringComparer.Ordinal);
    private readonly MetadataReader _metadata;

    private CallGraph(PEReader pe)
    {
        _metadata = pe.GetMetadataReader();
        foreach (var handle in _metadata.MethodDefinitions)
        {
            var method = _metadata.GetMethodDefinition(handle);
            if (!_calls.TryGetValue(NameOf(handle), out var callees))
                _calls.Add(NameOf(handle), callees = new(StringComparer.Ordinal));
            if (method.RelativeVirtualAddress != 0)
                callees.UnionWith(Tokens(pe.GetMethodBody(method.RelativeVirtualAddress).GetILReader()));
        }
    }

    public static CallGraph Of(string assembly)
    {
        using var pe = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly)));
        return new CallGraph(pe);
    }

    public IReadOnlyCollection<string> ReachedFrom(Func<string, bool> starts)
    {
        var reached = new HashSet<string>(_calls.Keys.Where(starts), StringComparer.Ordinal);
        var open = new Stack<string>(reached);
        while (open.TryPop(out var method))
        {
            foreach (var callee in _calls.GetValueOrDefault(method) ?? [])
            {
                if (reached.Add(callee))
                    open.Push(callee);
            }
        }

        return reached;
    }

    public IEnumerable<string> CallersOf(string callee) =>
        _calls.Where(call => call.Value.Contains(callee)).Select(call => call.Key);

    private List<string> Tokens(BlobReader il)
    {
        var names = new List<string>();
        while (il.RemainingBytes > 0)
        {
            int value = il.ReadByte();
            if (value == 0xfe)
                value = (value << 8) | il.ReadByte();
            var operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineMethod or OperandType.InlineTok
                or OperandType.InlineField or OperandType.InlineType)
                names.Add(NameOf(MetadataTokens.EntityHandle(il.ReadInt32())));
            else if (operand == OperandType.InlineSwitch)
                Skip(ref il, 4 * il.ReadInt32());
            else
                Skip(ref il, SizeOf(operand));
        }

        return names;
    }

    // Not il.Offset += …: that reads the offset before what it is to skip.
    private static void Skip(ref BlobReader il, int bytes) => il.Offset += bytes;

    private static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    private string NameOf(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.MethodDefinition => NameOf((MethodDefinitionHandle)handle),
        HandleKind.MethodSpecification =>
            NameOf(_metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method),
        HandleKind.MemberReference => NameOf(_metadata.GetMemberReference((MemberReferenceHandle)handle)),
        _ => string.Empty,
    };

    private string NameOf(MethodDefinitionHandle handle)
    {
        var method = _metadata.GetMethodDefinition(handle);
        return $"{TypeName(method.GetDeclaringType())}.{_metadata.GetString(method.Name)}";
    }

    private string NameOf(MemberReference member)
    {
        var name = _metadata.GetString(member.Name);
        return member.Parent.Kind switch
        {
            HandleKind.TypeReference => $"{TypeName((TypeReferenceHandle)member.Parent)}.{name}",
            HandleKind.TypeDefinition => $"{TypeName((TypeDefinitionHandle)member.Parent)}.{name}",
            HandleKind.TypeSpecification => $"{GenericName((TypeSpecificationHandle)member.Parent)}.{name}",
            _ => name,
        };
    }

    private string TypeName(TypeReferenceHandle handle)
    {
        var type = _metadata.GetTypeReference(handle);
        return $"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name)}";
    }

    // A nested type, such as the closures that the compiler makes, is named after the type around it.
    private string TypeName(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{TypeName(outer)}.{_metadata.GetString(type.Name)}"
            : $"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name)}";
    }

    // GENERICINST (0x15), CLASS or VALUETYPE, then the generic type itself.
    private string GenericName(TypeSpecificationHandle handle)
    {
        var blob = _metadata.GetBlobReader(_metadata.GetTypeSpecification(handle).Signature);
        if (blob.ReadByte() != 0x15)
            return string.Empty;
        blob.ReadByte();
        var type = blob.ReadTypeHandle();
        return type.Kind == HandleKind.TypeDefinition
            ? TypeName((TypeDefinitionHandle)type)
            : TypeName((TypeReferenceHandle)type);
    }
}
